using Concord.Acts;
using Concord.Hosts.Api;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>
/// An officer asks a party in confidence, which reads the question and answers it: each at a
/// browser, by a passkey of their own, and with nothing of it in an address.
/// </summary>
public sealed class AskingTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private const string Question = "Who holds the <b>weights</b>?";

    [Fact]
    public async Task A_question_is_asked_read_and_answered_at_pages_and_stands_in_no_address()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, "Tern 1")));
        var desk = await signing.OtherDeskAsync();
        await DecidingTests.NameAsync(signing, desk, "regulator", "night-desk", []);
        var (officer, party) = (desk.Page, signing.Page);
        var addresses = new List<string>();
        officer.Request += (_, request) => addresses.Add(request.Url);
        party.Request += (_, request) => addresses.Add(request.Url);
        var errors = PageTests.Listen(officer);
        var found = new List<string>();

        await officer.GotoAsync("/inbox");
        await officer
            .GetByRole(AriaRole.Link, new() { Name = "Ask about Tern 1", Exact = true })
            .ClickAsync();
        await Expect(officer, "h1", "Ask about Tern 1");
        await Assertions.Expect(officer.Locator("#to")).ToHaveValueAsync($"{signing.Party}");
        found.AddRange(await PageTests.JudgeAsync(officer));
        await officer.GetByLabel("Night-desk").CheckAsync();
        await officer.Locator("#question").FillAsync(Question);
        await CheckAsync(officer);
        await Expect(officer, "#due-error", "Say until when");
        await officer.Locator("#due").FillAsync("2020-01-01");
        await CheckAsync(officer);
        await Expect(officer, "#due-error", "2020");
        found.AddRange(await PageTests.JudgeAsync(officer));
        await officer.Locator("#due").FillAsync("2040-01-01");
        await CheckAsync(officer);
        await Expect(officer, "h1", "Check before you sign");
        await Expect(officer, ".govuk-body-l", "asks Tern Labs about Tern 1");
        found.AddRange(await PageTests.JudgeAsync(officer));
        await officer.Locator("#sign-button").ClickAsync();
        await Assertions.Expect(officer.Locator("#heading")).ToHaveTextAsync("Filed");
        var asked = Assert.Single(
            signing.Server.Authority.Intake.Current.World.Registry.Questions.All.Values
        );
        Assert.Equal(Question, asked.Act.Question);
        Assert.Equal(SubjectId.Of(model), asked.Act.Case);

        await party.GotoAsync($"/read?party={signing.Party}&what=questions&check=yes");
        await party.Locator("#read-button").ClickAsync();
        await Expect(party, "#answer", Question);
        await Expect(party, "#answer", $"{asked.Id}");

        await party.GotoAsync($"/file/answer?party={signing.Party}&question={asked.Id}");
        await party.GetByLabel("Your answer").FillAsync("Four persons, two vaults");
        await CheckAsync(party);
        await signing.SignAsync();
        await signing.KeptAsync();
        asked = signing.Server.Authority.Intake.Current.World.Registry.Questions.All[
            asked.Id.Index
        ];
        Assert.False(Assert.Single(asked.Replies) is null);

        Assert.DoesNotContain(addresses, one => one.Contains("weights", Ordinal));
        Assert.DoesNotContain(addresses, one => one.Contains("vaults", Ordinal));
        Assert.True(found.Count == 0, string.Join('\n', found));
        errors.RemoveAll(one => one.StartsWith("publicKey.pubKeyCredParams is missing", Ordinal));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task A_question_in_an_address_is_not_read()
    {
        await using var signing = await Signing.StartAsync();
        var model = new ModelId(await signing.FileAsync(Given.Model(signing.Party, "Tern 1")));
        var desk = await signing.OtherDeskAsync();
        await DecidingTests.NameAsync(signing, desk, "regulator", "night-desk", []);

        await desk.Page.GotoAsync(
            $"/decide/ask?subject={model}&officer=regulator/night-desk&question=Who&due=2040-01-01"
                + "&check=yes"
        );
        await Assertions.Expect(desk.Page.Locator("#sign")).ToHaveCountAsync(0);
        await Assertions.Expect(desk.Page.Locator("#question")).ToHaveValueAsync("");
    }

    private static Task CheckAsync(IPage page) => page.Locator("button[name=check]").ClickAsync();
}
