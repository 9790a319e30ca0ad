using System.Net;
using System.Text;
using Concord.Acts;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>
/// A form signs an act: by a passkey, in a real browser, and by nothing else. What is shown is what
/// is signed, for this act, at this site, by who was there.
/// </summary>
public sealed class SigningTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_an_invitation_to_a_receipt_that_verifies_by_the_keyboard_alone()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true);
        var page = signing.Page;
        var errors = PageTests.Listen(page);
        var found = new List<string>();
        var (invitation, code) = await signing.InviteAsync();

        await page.GotoAsync("/join");
        await TypeAsync(page, "#invitation", invitation.ToString());
        await page.Keyboard.PressAsync("Enter");
        await Expect(page, "h1", "Join Tern Labs as head of safety");
        found.AddRange(await PageTests.JudgeAsync(page));
        await TypeAsync(page, "#code", code.ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#check")).ToBeFocusedAsync();
        found.AddRange(await PageTests.JudgeAsync(page));
        Assert.DoesNotContain(code, await page.ContentAsync(), Ordinal);
        await PressAsync(page, "#sign-button");
        var added = await signing.FiledAsync();
        found.AddRange(await PageTests.JudgeAsync(page));

        await page.GotoAsync($"/parties/{signing.Party}");
        await PressAsync(page, "a[href^='/file/register-model']");
        await Expect(page, "h1", "Register a model");
        found.AddRange(await PageTests.JudgeAsync(page));
        await TypeAsync(page, "#name", "Tern <2> & co");
        await PressAsync(page, "input[name=modality][value=text]", "Space");
        await TypeAsync(page, "#low", "3.1e25");
        await PressAsync(page, "button[name=check]");
        await Expect(page, "h1", "Check before you sign");
        found.AddRange(await PageTests.JudgeAsync(page));
        var shown = await page.Locator("#act").TextContentAsync();
        var digest = await page.Locator("#statement-id").InnerTextAsync();
        await PressAsync(page, "#sign-button");
        var registered = await signing.FiledAsync();

        Assert.True(found.Count == 0, string.Join('\n', found));
        // The log has keys on P-256 alone; chromium warns who asks for no RSA beside it.
        errors.RemoveAll(one => one.StartsWith("publicKey.pubKeyCredParams is missing", Ordinal));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
        Assert.True(ShortId.TryParse(registered, ActId.Letter, out var index));
        var logged = signing.Server.Authority.Contents.Statement(index);
        Assert.Equal(shown, Encoding.UTF8.GetString(logged.Payload.Span));
        Assert.Equal(digest, logged.Id.ToString());
        Assert.Equal(signing.Passkey.Id, logged.Key);
        await VerifyAsync(signing, registered, added);
    }

    [Fact]
    public async Task An_answer_for_one_act_is_none_for_another_whoever_swaps_them()
    {
        await using var signing = await Signing.StartAsync();
        var key = await signing.JoinAsync();
        var acts = signing.Server.Acts;
        var other = Given.Model(signing.Party, "Somebody else's");
        await signing.Page.RouteAsync(
            "**/acts",
            async route =>
            {
                Assert.True(
                    Statement.TryParse(route.Request.PostDataBuffer, out var signed, out _)
                );
                var issuer = $"{signing.Server.Origin}#{signing.Party}";
                var (unsigned, _, _) = Drafting.Prepare(other, issuer, key);
                await route.ContinueAsync(
                    new() { PostData = unsigned.With(signed.Signature.Span) }
                );
            }
        );

        await signing.CheckModelAsync("Tern 3");
        await signing.SignAsync();
        var trouble = await signing.TroubleAsync();

        Assert.Contains("answers another challenge than this statement's", trouble, Ordinal);
        Assert.Equal(acts, signing.Server.Acts);
    }

    [Fact]
    public async Task What_was_changed_on_the_page_after_the_check_is_not_signed()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var acts = signing.Server.Acts;

        await signing.CheckModelAsync("Tern 3");
        await signing.Page.EvaluateAsync(
            "act.textContent = act.textContent.replace('Tern 3', 'Tern 4')"
        );
        await signing.SignAsync();
        var trouble = await signing.TroubleAsync();

        Assert.Contains("not what the authority checked", trouble, Ordinal);
        Assert.Equal(acts, signing.Server.Acts);
    }

    [Fact]
    public async Task An_answer_that_was_made_at_another_site_is_refused()
    {
        await using var signing = await Signing.StartAsync();
        await using var elsewhere = await SandboxServer.StartAsync();
        var key = await signing.JoinAsync();
        var act = Given.Model(signing.Party, "Tern 3");

        await signing.Page.GotoAsync($"{elsewhere.Client.BaseAddress}about");
        var there = await signing.SignByScriptAsync(act, key);
        Assert.Equal("origin", await FaultAsync(signing, there));

        await signing.Page.GotoAsync("/about");
        var here = await signing.SignByScriptAsync(act, key);
        using var filed = await signing.Server.PostAsync(here);
        Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
    }

    [Fact]
    public async Task An_answer_by_who_was_not_recognised_is_refused()
    {
        await using var signing = await Signing.StartAsync();
        var key = await signing.JoinAsync();
        var acts = signing.Server.Acts;
        await signing.VerifyUserAsync(false);

        await signing.Page.GotoAsync("/about");
        var act = Given.Model(signing.Party, "Tern 3");
        var unrecognised = await signing.SignByScriptAsync(act, key, "discouraged");
        Assert.Equal("user-verification", await FaultAsync(signing, unrecognised));

        await signing.CheckModelAsync("Tern 3");
        await signing.SignAsync();
        Assert.Contains("No passkey signed", await signing.TroubleAsync(), Ordinal);
        Assert.Equal(acts, signing.Server.Acts);
    }

    [Fact]
    public async Task A_wrong_code_is_said_beside_the_field_and_makes_no_passkey()
    {
        await using var signing = await Signing.StartAsync();
        var (invitation, _) = await signing.InviteAsync();
        var page = signing.Page;
        foreach (var code in (string[])["", "not a code", InvitationCode.Of(new byte[16])])
        {
            await page.GotoAsync($"/join?invitation={invitation}");
            await page.Locator("#code").FillAsync(code);
            await page.Locator("#join-button").ClickAsync();
            await signing.TroubleAsync();
            Assert.Contains(
                "not the code of this invitation",
                await page.Locator("#code-error").InnerTextAsync(),
                Ordinal
            );
            await Assertions.Expect(page.Locator("#sign")).ToBeHiddenAsync();
        }

        var found = await PageTests.JudgeAsync(page);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task An_invitation_that_was_accepted_says_so_and_asks_for_no_code()
    {
        await using var signing = await Signing.StartAsync();
        var (invitation, code) = await signing.InviteAsync();
        await signing.Page.GotoAsync($"/join?invitation={invitation}");
        await signing.Page.Locator("#code").FillAsync(code);
        await signing.Page.Locator("#join-button").ClickAsync();
        await signing.SignAsync();
        await signing.FiledAsync();

        await signing.Page.GotoAsync($"/join?invitation={invitation}");

        await Expect(signing.Page, ".c-note", "accepted. A code works once");
        await Assertions.Expect(signing.Page.Locator("#code")).ToHaveCountAsync(0);
        var found = await PageTests.JudgeAsync(signing.Page);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task The_law_is_quoted_before_anybody_signs()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true);
        await signing.JoinAsync();
        await signing.CheckModelAsync("Tern 3");
        await signing.SignAsync();
        await signing.FiledAsync();
        var page = signing.Page;

        var form =
            $"/file/register-model?party={signing.Party}&check=yes&training=finished"
            + "&weights=closed&modality=text&state=so_far";
        foreach (
            var (query, field, says) in ((string, string, string)[])
                [
                    ("&version=1", "name", "Give the model's name"),
                    ("&name=TERN+3", "name", "No two models of one developer have names"),
                    ("&name=a&started=2999-01-01", "started", "2999-01-01"),
                    ("&name=a&low=much", "low", "Write the figure like 3.8e25"),
                    ("&name=a&low=2e25&high=1e25&profile=eu.cumulative", "low", ""),
                    ("&name=a&low=2e25&profile=none", "profile", "no counting profile none"),
                ]
        )
        {
            await page.GotoAsync(form + query);
            await Expect(page, $"#{field}-error", says);
            await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        }

        var found = await PageTests.JudgeAsync(page);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task Without_a_script_pages_say_how_to_do_it_and_ask_for_no_code()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var (invitation, _) = await signing.InviteAsync("night desk");
        var plain = await signing.Page.Context.Browser!.NewPageAsync(
            new() { BaseURL = signing.Origin, JavaScriptEnabled = false }
        );

        await plain.GotoAsync($"/join?invitation={invitation}");
        await Expect(plain, "#without", "Joining here needs JavaScript");
        await Expect(plain, "#without", $"concord key join {invitation}");
        await Assertions.Expect(plain.Locator("#code")).ToBeHiddenAsync();

        await plain.GotoAsync($"/file/register-model?party={signing.Party}");
        await plain.GetByLabel("Name of the model").FillAsync("Tern 3");
        await plain.GetByLabel("Text", new() { Exact = true }).CheckAsync();
        await plain.Locator("button[name=check]").ClickAsync();
        await Expect(plain, "h1", "Check before you sign");
        await Expect(plain, "#without", "concord file");
        await Assertions.Expect(plain.Locator("#sign")).ToBeHiddenAsync();
    }

    /// <summary>Goes to a place by the tabulator alone, and presses a key there.</summary>
    private static async Task PressAsync(IPage page, string selector, string key = "Enter")
    {
        await ReachAsync(page, selector);
        await page.Keyboard.PressAsync(key);
    }

    private static async Task TypeAsync(IPage page, string selector, string text)
    {
        await ReachAsync(page, selector);
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task ReachAsync(IPage page, string selector)
    {
        for (var i = 0; i < 100; i++)
        {
            if (
                await page.EvaluateAsync<bool>(
                    "selector => document.activeElement?.matches(selector) ?? false",
                    selector
                )
            )
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not reach {selector} on {page.Url}.");
    }

    private static async Task<string?> FaultAsync(Signing signing, ReadOnlyMemory<byte> statement)
    {
        using var answer = await signing.Server.PostAsync(statement);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = SandboxServer.Json(await answer.Content.ReadAsStringAsync(Cancel));
        return problem.GetProperty("fault").GetString();
    }

    // What the receipt's page says to keep, and the key as the log has it.
    private static async Task VerifyAsync(Signing signing, string act, string added)
    {
        var folder = Directory.CreateTempSubdirectory("concord-signing-").FullName;
        foreach (var id in (string[])[act, added])
        {
            foreach (
                var (what, file) in ((string, string)[])
                    [
                        ("statement", $"{id}.cose"),
                        ("proof", $"{id}.tlog-proof"),
                        ("receipt", $"{id}.receipt.cose"),
                    ]
            )
            {
                await File.WriteAllBytesAsync(
                    Path.Combine(folder, file),
                    await signing.Server.Client.GetByteArrayAsync($"/acts/{id}/{what}", Cancel),
                    Cancel
                );
            }
        }

        string[] words =
        [
            "verify",
            $"{act}.cose",
            "--vkey",
            signing.Server.Authority.File.VerifierKey,
            "--signer",
            $"{added}.cose",
            "--json",
        ];
        var run = (await ConcordProgram.RunAsync(folder, words)).Done();
        Assert.Contains($"by the key {signing.Passkey.Id}", run.Output, Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
