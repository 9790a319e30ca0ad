using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>
/// What is for few is read at a browser by a passkey that signs each request, and by no session.
/// </summary>
public sealed class ReadingTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private const string Question = "Who holds the <b>weights</b>?";

    [Fact]
    public async Task A_party_reads_the_question_that_it_was_asked_and_nobody_else_does()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        await AskAsync(signing);
        var page = signing.Page;
        var errors = PageTests.Listen(page);

        await page.GotoAsync($"/read?party={signing.Party}");
        var found = await PageTests.JudgeAsync(page);
        await page.GetByLabel("Questions to us").CheckAsync();
        await page.Locator("button[name=check]").ClickAsync();
        await Expect(page, "h1", "Questions to us");
        await page.Locator("#read-button").ClickAsync();
        await Assertions.Expect(page.Locator("#answer-heading")).ToBeFocusedAsync();
        await Expect(page, "#answer", Question);
        found.AddRange(await PageTests.JudgeAsync(page));

        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal(
            0,
            await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")
        );
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#answer")).ToBeHiddenAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
        errors.RemoveAll(one => one.StartsWith("publicKey.pubKeyCredParams is missing", Ordinal));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task Who_asks_for_what_is_another_s_is_told_what_is_told_of_nothing()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var (other, key) = await signing.Server.AdmitAsync("Heron Labs", PartyRole.Developer);
        using var others = key;
        var filed = await signing.Server.FileAsync(
            signing.Server.Sign(other, key, Given.Model(other, "Heron 1"))
        );
        var model = new ModelId(filed.GetProperty("index").GetInt64());
        await AskAsync(signing, other, SubjectId.Of(model));
        var page = signing.Page;

        foreach (var subject in (string[])[$"{model}", $"{new ModelId(999_999)}"])
        {
            await page.GotoAsync($"/read?party={signing.Party}&what=case&of={subject}&check=yes");
            await page.Locator("#read-button").ClickAsync();
            await Expect(page, "#trouble", "There is nothing for you here");
            Assert.DoesNotContain(Question, await page.ContentAsync(), Ordinal);
        }

        var found = await PageTests.JudgeAsync(page);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task An_officer_says_why_and_the_party_sees_who_read()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var question = await AskAsync(signing);
        var desk = await signing.OtherDeskAsync();
        await DecidingTests.NameAsync(signing, desk, "institute", "reviewer", []);
        var page = desk.Page;

        await page.GotoAsync("/read?officer=institute/reviewer&what=questions&check=yes");
        await page.Locator("#read-button").ClickAsync();
        await Assertions.Expect(page.Locator("#trouble")).ToBeVisibleAsync();
        await page.Locator("#why").FillAsync("Case 7");
        await page.Locator("#read-button").ClickAsync();
        await Expect(page, "#answer", Question);

        page = signing.Page;
        await page.GotoAsync($"/read?party={signing.Party}&what=readings&of={question}&check=yes");
        await page.Locator("#read-button").ClickAsync();
        await Expect(page, "#answer", "officer/institute/reviewer");
        await Expect(page, "#answer", "Case 7");
    }

    private static Task<ActId> AskAsync(Signing signing) =>
        AskAsync(signing, signing.Party, subject: null);

    private static async Task<ActId> AskAsync(Signing signing, PartyId to, SubjectId? subject)
    {
        if (subject is null)
        {
            var filed = await signing.FileAsync(Given.Model(signing.Party, "Tern 1"));
            subject = SubjectId.Of(new ModelId(filed));
        }

        var server = signing.Server;
        using var registrar = server.Authority.Keys.Read(KeyFolder.Registrar);
        var asked = await server.FileAsync(
            Drafting.Compose(
                new AskQuestion
                {
                    Salt = Given.Salt,
                    Case = subject.Value,
                    To = to,
                    Question = Question,
                    Due = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(7),
                },
                $"{server.Origin}#authority",
                registrar
            )
        );
        return new(asked.GetProperty("index").GetInt64());
    }
}
