using System.Buffers.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Notices;
using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>
/// A party's home: what is public for everybody and without a script, the rest for whose passkey
/// of the party has signed for it.
/// </summary>
public sealed class PartyHomeTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private const string Question = "Who holds the <b>weights</b>?";

    [Fact]
    public async Task Everything_that_concerns_a_party_stands_on_one_page_and_leads_on()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, "Tern 1")));
        await AskAsync(signing, SubjectId.Of(model));
        var refused = signing.Server.Sign(
            signing.Party,
            signing.Administrator,
            Given.Model(signing.Party, "Tern 1") with
            {
                ModalityOut = ["image"],
            }
        );
        using (var answer = await signing.Server.PostAsync(refused))
        {
            Assert.Equal(422, (int)answer.StatusCode);
        }

        var page = signing.Page;
        var errors = PageTests.Listen(page);
        await page.GotoAsync($"/parties/{signing.Party}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Home of Tern Labs" }).ClickAsync();
        await Expect(page, "h1", "Tern Labs: nothing waits that is public");
        await Expect(page, "#models + table", "Tern 1");
        await Expect(page, "#people + table", "Head of safety");
        await Expect(page, "#people + table", "Filer");
        Assert.DoesNotContain("weights", await page.ContentAsync(), Ordinal);
        var found = await PageTests.JudgeAsync(page);

        await page.Locator("#desk-button").ClickAsync();
        await Assertions.Expect(page.Locator("#own-heading")).ToBeFocusedAsync();
        await Expect(page, "#questions", Question);
        await Expect(page, "#questions", "answer due");
        await Expect(page, "#refusals", "registry/register-model");
        await Expect(page, "#invitations", "Invitations are for administrators");
        Assert.Equal(0, await page.Locator("#own b").CountAsync());
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Answer A-") }).ClickAsync();
        await Expect(page, "h1", "Answer a question");

        await page.GoBackAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#own")).ToBeHiddenAsync();
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.True(found.Count == 0, string.Join('\n', found));
        errors.RemoveAll(one => one.StartsWith("publicKey.pubKeyCredParams is missing", Ordinal));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task A_refusal_is_appealed_from_where_the_party_finds_it()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        await signing.FileAsync(Given.Model(signing.Party, "Tern 1"));
        var refused = signing.Server.Sign(
            signing.Party,
            signing.Administrator,
            Given.Model(signing.Party, "Tern 1") with
            {
                ModalityOut = ["image"],
            }
        );
        string signed;
        using (var answer = await signing.Server.PostAsync(refused))
        {
            var problem = SandboxServer.Json(
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
            );
            signed = problem.GetProperty("refusal").GetString()!;
        }

        var page = signing.Page;
        await page.GotoAsync($"/parties/{signing.Party}/home");
        await page.Locator("#desk-button").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Appeal against") })
            .ClickAsync();
        await Expect(page, "#refusal-hint", "One is given");
        Assert.EndsWith("/file/appeal", page.Url, Ordinal);
        await page.GetByLabel("for everybody to read").FillAsync("It is another model");
        await page.Locator("button[name=check]").ClickAsync();
        await Expect(page, "h1", "Check before you sign");
        await signing.SignAsync();
        var (_, kept) = await signing.KeptAsync();

        var appeal = Assert.Single(
            signing.Server.Authority.Intake.Current.World.Network.Appeals.All.Values
        );
        Assert.Equal(Digest.Of(Convert.FromBase64String(signed)), appeal.Act.Refusal);
        Assert.Contains(Base64Url.EncodeToString(Convert.FromBase64String(signed)), kept, Ordinal);
    }

    [Fact]
    public async Task Where_to_be_told_is_said_on_the_page_and_confirmed_by_the_code()
    {
        await using var hook = await HookSink.StartAsync();
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        var errors = PageTests.Listen(page);
        await page.GotoAsync($"/parties/{signing.Party}/home");
        await page.Locator("#desk-button").ClickAsync();
        await Expect(page, "#channels", "None.");
        await page.Locator("#to").FillAsync("desk@tern.example");
        await page.Locator("#add-button").ClickAsync();
        await Expect(page, "#trouble", "this authority sends no mail");
        await page.Locator("#to").FillAsync(hook.Url);
        await page.Locator("#add-button").ClickAsync();
        await Expect(page, "#added", "whsec_");
        await Expect(page, "#channels", "Waits for its code");
        var found = await PageTests.JudgeAsync(page);
        var asked = (await Awaited.Async(() => hook.All, all => all.Count > 0))[0].Data;

        await page.Locator("#added a").ClickAsync();
        await Expect(page, "h1", "Confirm where you are told");
        await page.Locator("#code").FillAsync("AAAAA-AAAAA");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page, "#code-error", "not the code");
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.Locator("#code").FillAsync(asked.GetProperty("code").GetString()!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page, "h1", "Notices are sent");
        found.AddRange(await PageTests.JudgeAsync(page));

        await signing.FileAsync(Given.Model(signing.Party, "Tern 1"));
        await Awaited.Async(() => hook.Notices, all => all.Count > 0);
        await page.GotoAsync($"/parties/{signing.Party}/home");
        await page.Locator("#desk-button").ClickAsync();
        await Expect(page, "#notices", "Tern Labs registered Tern 1");
        await Expect(page, "#channels", "Is told");
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.Locator("#channels button").ClickAsync();
        await Expect(page, "#channels", "None.");
        Assert.Empty(signing.Server.Authority.Notices.Store.Channels($"{signing.Party}"));
        Assert.True(found.Count == 0, string.Join('\n', found));
        errors.RemoveAll(one =>
            one.StartsWith("publicKey.pubKeyCredParams is missing", Ordinal)
            || one.Contains("400", Ordinal)
        );
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task An_act_that_waits_for_the_party_s_signature_is_first_on_its_page()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, "Tern 1")));
        var release = new ReleaseId(
            await signing.FileAsync(
                Given.Release(model, signing.Server.Authority.Intake.Current.World.At.Day)
            )
        );
        var (buyer, key) = await signing.Server.AdmitAsync("Heron Labs", PartyRole.Developer);
        using var others = key;
        var terms = new TransferTerms
        {
            Salt = Given.Salt,
            Kind = TransferKind.Licence,
            Effective = signing.Server.Authority.Intake.Current.World.At.Day,
        };
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
        );

        await signing.Page.GotoAsync($"/parties/{buyer}/home");
        await Expect(signing.Page, "h1", "Heron Labs: one act waits for your signature");
        await Expect(signing.Page, "#waits + ol", "Proposed to pass");
        await signing.Page.GotoAsync($"/parties/{signing.Party}/home");
        await Expect(signing.Page, "h1", "nothing waits");
    }

    [Fact]
    public async Task Nobody_else_reads_what_is_for_the_party()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var (other, key) = await signing.Server.AdmitAsync("Heron Labs", PartyRole.Developer);
        using var others = key;

        var read = new ReadRequest($"/parties/{other}/desk", signing.Server.Authority.Now, null);
        foreach (var (issuer, status) in ((PartyId, int)[])[(signing.Party, 404), (other, 401)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, read.Read);
            var signed = read.Sign($"{signing.Server.Origin}#{issuer}", signing.Administrator);
            request.Headers.Add("Authorization", signed);
            using var answer = await signing.Server.Client.SendAsync(
                request,
                TestContext.Current.CancellationToken
            );
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    private static async Task AskAsync(Signing signing, SubjectId subject)
    {
        var server = signing.Server;
        using var registrar = server.Authority.Keys.Read(KeyFolder.Registrar);
        await server.FileAsync(
            Drafting.Compose(
                new AskQuestion
                {
                    Salt = Given.Salt,
                    Case = subject,
                    To = signing.Party,
                    Question = Question,
                    Due = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(7),
                },
                $"{server.Origin}#authority",
                registrar
            )
        );
    }
}
