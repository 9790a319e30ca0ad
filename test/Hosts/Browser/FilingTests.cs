using System.Security.Cryptography;
using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Hosts.Api;
using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>
/// What a party files by a form: the log has what the page showed, what is sealed is in no address
/// and in no open entry, and the law is quoted beside the field.
/// </summary>
public sealed class FilingTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    [Fact]
    public async Task A_release_is_declared_by_files_that_stay_in_the_browser()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, "Tern 1")));
        var page = signing.Page;
        var errors = PageTests.Listen(page);
        var file = RandomNumberGenerator.GetBytes((5 << 20) + 17);

        await page.GotoAsync($"/models/{model}");
        await page.GetByRole(AriaRole.Link, new() { Name = "declare a release" }).ClickAsync();
        await page.GetByLabel("Name of the release").FillAsync("Tern 1 open");
        await page.Locator("#chosen")
            .SetInputFilesAsync(
                (FilePayload[])
                    [
                        new FilePayload()
                        {
                            Name = "tern 1.safetensors",
                            MimeType = "application/octet-stream",
                            Buffer = file,
                        },
                        new FilePayload()
                        {
                            Name = "empty.gguf",
                            MimeType = "application/octet-stream",
                            Buffer = [1],
                        },
                    ]
            );
        await Expect(page, "#said", "2 files are added above");
        await page.GetByLabel("Licence").FillAsync("Apache-2.0");
        await page.GetByLabel("Day of the release").FillAsync("2999-01-01");
        await JudgeAsync(page);
        await CheckAsync(page);
        await Expect(page, "#on-error", "2999-01-01");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        await page.GetByLabel("Day of the release").FillAsync(Today(signing));
        await CheckAsync(page);
        await JudgeAsync(page);
        await signing.SignAsync();
        var id = await signing.FiledAsync();

        Assert.Empty(errors);
        var release = Assert.IsType<Release>(Logged(signing, id).Act);
        Assert.Equal(Digest.Of(file), release.Weights[0].Digest);
        Assert.Equal(file.Length, release.Weights[0].SizeBytes);
        Assert.Equal("safetensors", release.Weights[0].Format);
        Assert.Equal("gguf", release.Weights[1].Format);
    }

    [Fact]
    public async Task A_derivative_is_declared_with_its_parents()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var (parent, child) = (
            await ReleaseAsync(signing, "Tern 1"),
            await ReleaseAsync(signing, "Tern 2")
        );
        var page = signing.Page;

        await page.GotoAsync($"/file/derive?party={signing.Party}&child={child}");
        await page.GetByLabel("What it was made from").FillAsync($"{child}");
        await page.GetByLabel("How it was made").SelectOptionAsync("fine_tune");
        await CheckAsync(page);
        await Expect(page, "#parents-error", "Nothing is made from itself");
        await JudgeAsync(page);
        await page.GetByLabel("What it was made from").FillAsync($"{parent}");
        await page.GetByLabel("at least").FillAsync("2e22");
        await page.Locator("#safeguards-no").CheckAsync();
        await CheckAsync(page);
        await signing.SignAsync();
        var id = await signing.FiledAsync();

        var act = Assert.IsType<Derive>(Logged(signing, id).Act);
        Assert.Equal([SubjectId.Of(parent)], act.Parents);
        Assert.False(act.SafeguardsRemoved);
    }

    [Fact]
    public async Task A_deployment_is_sealed_and_its_words_are_kept_by_who_filed_it()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var release = await ReleaseAsync(signing, "Tern 1");
        var page = signing.Page;
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);

        await page.GotoAsync($"/file/deploy?release={release}");
        await page.GetByLabel("Your organisation").FillAsync($"{signing.Party}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.Locator("#release")).ToHaveValueAsync($"{release}");
        await page.Locator("#service").FillAsync("chat.tern.example");
        await page.GetByLabel("Country of the place").FillAsync("zz");
        await page.GetByLabel("What it is for").FillAsync("secret purpose");
        await page.GetByLabel("Its users").SelectOptionAsync("3");
        await page.GetByLabel("From which day").FillAsync(Today(signing));
        await CheckAsync(page);
        await Expect(page, "#country-error", "ISO 3166-1");
        await JudgeAsync(page);
        await page.GetByLabel("Country of the place").FillAsync("ch");
        await CheckAsync(page);
        await JudgeAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change what you answered" })
            .ClickAsync();
        await Assertions
            .Expect(page.GetByLabel("What it is for"))
            .ToHaveValueAsync("secret purpose");
        await CheckAsync(page);
        var shown = await page.Locator("#act").TextContentAsync();
        await signing.SignAsync();
        var (id, kept) = await signing.KeptAsync();
        await JudgeAsync(page);

        Assert.Equal(shown, kept);
        Assert.Contains("secret purpose", kept, Ordinal);
        Assert.DoesNotContain(addresses, one => one.Contains("secret", Ordinal));
        var statement = signing.Server.Authority.Contents.Statement(Index(id));
        Assert.True(statement.IsEnvelope);
        Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(kept)), new Digest(statement.Payload.Span));
        var world = signing.Server.Authority.Intake.Current.World;
        Assert.Equal(signing.Party, Assert.Single(world.Registry.Deployments.Values).Act.Host);
    }

    [Fact]
    public async Task Nobody_learns_from_the_form_whether_a_party_was_asked()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var acts = signing.Server.Acts;
        var page = signing.Page;

        await page.GotoAsync($"/file/answer?party={signing.Party}&question={new ActId(1)}");
        await page.GetByLabel("Your answer").FillAsync("first line\nsecond line");
        await CheckAsync(page);
        await Expect(page, "#act", "first line second line");
        await JudgeAsync(page);
        await signing.SignAsync();
        var trouble = await signing.TroubleAsync();

        Assert.Contains("question to you", trouble, Ordinal);
        Assert.Equal(acts, signing.Server.Acts);
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Keep the signed refusal" }).ClickAsync()
        );
        await JudgeAsync(page);

        // By the keyboard alone, from where it was told; the file that was kept comes along.
        await page.GetByRole(AriaRole.Link, new() { Name = "Keep the signed refusal" })
            .FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page, "#refusal-hint", "One is given");
        await JudgeAsync(page);
        Assert.EndsWith("/file/appeal", page.Url, Ordinal);
        await page.GetByLabel("for everybody to read").FillAsync("we were asked");
        await page.GetByLabel("for the authorities alone").FillAsync("by letter");
        await CheckAsync(page);
        await JudgeAsync(page);
        await signing.SignAsync();
        var (id, kept) = await signing.KeptAsync();

        Assert.Contains("by letter", kept, Ordinal);
        var appeal = Assert.IsType<Appeal>(Logged(signing, id).Act);
        Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(kept)), appeal.SealedPart);
        var refusal = await File.ReadAllBytesAsync(
            await download.PathAsync(),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Digest.Of(refusal), appeal.Refusal);
    }

    [Fact]
    public async Task A_sale_takes_effect_when_the_buyer_has_seen_the_terms_and_signed_too()
    {
        await using var signing = await Signing.StartAsync();
        var page = signing.Page;
        var release = await ReleaseAsync(signing, "Tern 1");
        var buyer = await signing.JoinAnotherAsync("Gull Hosting", PartyRole.Host);
        // The seller signs by a key in a file, as who proposes may do.
        var terms = new TransferTerms
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Kind = TransferKind.Licence,
            Effective = signing.Server.Authority.Intake.Current.World.At.Day,
        };
        var proposal = new ActId(
            await signing.FileAsync(
                new Transfer
                {
                    Joint = new()
                    {
                        Kind = JointKind.Parties,
                        K = 2,
                        Epoch = 1,
                        Parties = [signing.Party, buyer],
                    },
                    Release = release,
                    SealedPart = default,
                },
                terms
            )
        );

        await page.GotoAsync($"/acts/{proposal}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign it too" }).ClickAsync();
        await Expect(page, "form", "Gull Hosting signs next");
        await JudgeAsync(page);
        await CheckAsync(page);
        await Expect(page, "#part-error", "send the document whose digest is");
        await page.GetByLabel("Or its text")
            .FillAsync(Encoding.UTF8.GetString(ActJson.Write(terms)));
        await CheckAsync(page);
        await Expect(page, "main", "Kindlicence");
        await JudgeAsync(page);
        await signing.SignAsync();
        var (id, _) = await signing.KeptAsync();

        var world = signing.Server.Authority.Intake.Current.World;
        var joint = world.Network.Joints.Find(Logged(signing, id).ActDigest)!;
        Assert.NotNull(joint.InForceSince);
        Assert.Equal(proposal.Index, joint.Proposal);
        await page.GotoAsync($"/sign/{proposal}");
        await Expect(page, ".c-note", "It is in force");
    }

    [Fact]
    public async Task A_seller_proposes_a_sale_and_keeps_the_terms_for_the_buyer()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var release = await ReleaseAsync(signing, "Tern 1");
        var (buyer, key) = await signing.Server.AdmitAsync("Gull Hosting", PartyRole.Host);
        key.Dispose();
        var page = signing.Page;

        await page.GotoAsync($"/file/transfer?party={signing.Party}&release={release}");
        await page.GetByLabel("To whom").FillAsync($"{signing.Party}");
        await page.GetByLabel("Where it may be used").FillAsync("fr, de");
        await page.GetByLabel("From which day").FillAsync(Today(signing));
        await CheckAsync(page);
        await Assertions.Expect(page.Locator("#buyer-error")).ToBeVisibleAsync();
        await JudgeAsync(page);
        await page.GetByLabel("To whom").FillAsync($"{buyer}");
        await CheckAsync(page);
        await JudgeAsync(page);
        await signing.SignAsync();
        var (id, kept) = await signing.KeptAsync();

        Assert.Contains("\"territory\":[\"DE\",\"FR\"]", kept, Ordinal);
        var act = Assert.IsType<Transfer>(Logged(signing, id).Act);
        Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(kept)), act.SealedPart);
        await page.GotoAsync($"/sign/{id}");
        await Expect(page, ".c-note", "Gull Hosting signs next, and has no passkey");
    }

    [Fact]
    public async Task What_was_filed_is_amended_and_withdrawn_by_its_form()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true);
        await signing.JoinAsync();
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, "Tern 1")));
        var page = signing.Page;

        await page.GotoAsync($"/models/{model}");
        await page.GetByRole(AriaRole.Link, new() { Name = "amend", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Name of the model")).ToHaveValueAsync("Tern 1");
        await JudgeAsync(page);
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("it was begun");
        await CheckAsync(page);
        await Expect(page, ".govuk-error-summary", "Nothing is changed");
        await page.GetByLabel("Its training").SelectOptionAsync("initiated");
        await page.GetByLabel("The large run began").FillAsync("2999-01-01");
        await CheckAsync(page);
        await Expect(page, "#started-error", "2999-01-01");
        await page.GetByLabel("The large run began").FillAsync(Today(signing));
        await CheckAsync(page);
        await signing.SignAsync();
        var amended = await signing.FiledAsync();

        var changes = Assert.IsType<Amend>(Logged(signing, amended).Act).Changes;
        Assert.Equal("training", Assert.Single(changes.EnumerateObject().Select(one => one.Name)));

        await page.GotoAsync($"/file/withdraw?party={signing.Party}&target={model}");
        await page.GetByLabel("Why").FillAsync("it was given up");
        await CheckAsync(page);
        await JudgeAsync(page);
        await signing.SignAsync();
        var withdrawn = await signing.FiledAsync();
        Assert.IsType<Withdraw>(Logged(signing, withdrawn).Act);
    }

    private static Logged Logged(Signing signing, string id) =>
        signing.Server.Authority.Contents.Act(Index(id))!;

    private static long Index(string id)
    {
        Assert.True(ShortId.TryParse(id, ActId.Letter, out var index));
        return index;
    }

    private static string Today(Signing signing) =>
        signing.Server.Authority.Intake.Current.World.At.Day.ToString(
            "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static async Task<ReleaseId> ReleaseAsync(Signing signing, string name)
    {
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, name)));
        var day = signing.Server.Authority.Intake.Current.World.At.Day;
        return new(await signing.FileAsync(Given.Release(model, day)));
    }
}
