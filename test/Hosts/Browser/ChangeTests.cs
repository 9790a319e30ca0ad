using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Hosts.Api;
using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>What was filed is changed, and what was decided is appealed, by forms.</summary>
public sealed class ChangeTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    [Fact]
    public async Task A_release_is_amended_by_files_that_are_added_and_the_rest_stays()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var release = await ReleaseAsync(signing, "Tern 1");
        var page = signing.Page;

        await page.GotoAsync($"/file/amend?party={signing.Party}&target={release}");
        var before = await page.Locator("#weights").InputValueAsync();
        await page.Locator("#chosen").SetInputFilesAsync(File("more.gguf", "more"));
        await Expect(page, "#said", "One file is added above");
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("a file was forgotten");
        await CheckAsync(page);
        await signing.SignAsync();
        var id = await signing.FiledAsync();

        var amend = Assert.IsType<Amend>(Logged(signing, id).Act);
        Assert.Equal(["weights"], amend.Changes.EnumerateObject().Select(one => one.Name));
        var now = signing.Server.Authority.Intake.Current.World.Registry.Releases[release];
        Assert.Equal(2, now.Act.Weights.Count);
        Assert.Equal(Digest.Of("more"u8), now.Act.Weights[1].Digest);
        Assert.StartsWith(now.Act.Weights[0].Digest.ToHex(), before, Ordinal);
    }

    [Fact]
    public async Task A_derivation_is_amended_by_another_parent()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var (parent, other, child) = (
            await ReleaseAsync(signing, "Tern 1"),
            await ReleaseAsync(signing, "Tern 2"),
            await ReleaseAsync(signing, "Tern 3")
        );
        var derive = new Derive
        {
            Child = child,
            Parents = [SubjectId.Of(parent)],
            Relation = Relation.FineTune,
            By = signing.Party,
        };
        var derivation = new ActId(await signing.FileAsync(derive));
        var page = signing.Page;

        await page.GotoAsync($"/file/amend?party={signing.Party}&target={derivation}");
        await Assertions
            .Expect(page.GetByLabel("What it was made from"))
            .ToHaveValueAsync($"{parent}");
        await page.GetByLabel("What it was made from").FillAsync($"{parent} {other}");
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("it is a merge");
        await CheckAsync(page);
        await signing.SignAsync();
        var id = await signing.FiledAsync();

        var amend = Assert.IsType<Amend>(Logged(signing, id).Act);
        Assert.Equal(derivation, amend.Target);
        Assert.Contains($"{other}", amend.Changes.GetProperty("parents").ToString(), Ordinal);
    }

    [Fact]
    public async Task What_was_wrong_from_the_beginning_is_corrected_and_the_history_stays()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, "Tren 1")));
        var page = signing.Page;

        await page.GotoAsync($"/file/correct?party={signing.Party}&target={model}");
        await page.GetByLabel("Name of the model").FillAsync("Tern 1");
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("it was misspelt");
        await CheckAsync(page);
        await signing.SignAsync();
        var id = await signing.FiledAsync();

        var correct = Assert.IsType<Correct>(Logged(signing, id).Act);
        Assert.Equal("Tern 1", correct.Changes.GetProperty("name").GetString());
        var first = Assert.IsType<RegisterModel>(
            signing.Server.Authority.Contents.Act(model.Index)!.Act
        );
        Assert.Equal("Tren 1", first.Name);
        await page.GotoAsync($"/models/{model}");
        await Expect(page, "h1", "Tern 1");
    }

    [Fact]
    public async Task A_suspension_is_appealed_with_grounds_in_public_and_in_confidence()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, "Tern 1")));
        var suspension = await SuspendAsync(signing.Server, model);
        var page = signing.Page;

        await page.GotoAsync($"/file/appeal?party={signing.Party}&against={suspension}");
        await page.Locator("#grounds").FillAsync("It was filed.");
        await page.Locator("#confidence").FillAsync("In two vaults.");
        await page.Locator("#stay").CheckAsync();
        await CheckAsync(page);
        await signing.SignAsync();
        var (id, kept) = await signing.KeptAsync();

        var appeal = Assert.IsType<Appeal>(Logged(signing, id).Act);
        Assert.Equal(suspension, appeal.Against);
        Assert.True(appeal.AsksStay);
        Assert.Contains("In two vaults.", kept, Ordinal);
        // What is sealed is in no entry of the log.
        var entry = signing.Server.Authority.Contents.Statement(Index(id));
        Assert.Equal(-1, entry.Bytes.Span.IndexOf("vaults"u8));
    }

    private static async Task<ActId> SuspendAsync(SandboxServer server, ModelId model)
    {
        var act = new Suspend
        {
            Joint = new()
            {
                Kind = JointKind.Officers,
                K = 2,
                Epoch = 1,
            },
            Target = SubjectId.Of(model),
            Reason = "An evaluation was not filed.",
        };
        long? first = null;
        for (var number = 1; number <= 2; number++)
        {
            using var key = server.Authority.Keys.Read($"officer-regulator-{number}");
            var issuer = $"{server.Origin}#officer/regulator/officer-{number}";
            var filed = await server.FileAsync(Drafting.Compose(act, issuer, key));
            first ??= filed.GetProperty("index").GetInt64();
        }

        return new(first!.Value);
    }

    private static FilePayload File(string name, string text) =>
        new()
        {
            Name = name,
            MimeType = "application/octet-stream",
            Buffer = System.Text.Encoding.UTF8.GetBytes(text),
        };

    private static async Task<ReleaseId> ReleaseAsync(Signing signing, string name)
    {
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, name)));
        var day = signing.Server.Authority.Intake.Current.World.At.Day;
        return new(await signing.FileAsync(Given.Release(model, day)));
    }

    private static Logged Logged(Signing signing, string id) =>
        signing.Server.Authority.Contents.Act(Index(id))!;

    private static long Index(string id)
    {
        Assert.True(ShortId.TryParse(id, ActId.Letter, out var index));
        return index;
    }
}
