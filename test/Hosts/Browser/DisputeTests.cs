using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Hosts.Api;
using Concord.Measures.Weights;
using Concord.Rooms.Lineage;
using Concord.Tests;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>
/// Who answers for a side of a match disputes it from the page that shows it, and is quoted the law
/// where they may not. Both sides stay.
/// </summary>
public sealed class DisputeTests
{
    private const string Grounds = "We gave those weights to the uploader under a licence.";

    private static readonly PageGetByLabelOptions s_exact = new() { Exact = true };

    [Fact]
    public async Task A_match_is_disputed_from_its_page_and_both_sides_stay_visible()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var (story, match) = await FoundAsync(signing);
        var page = signing.Page;
        var errors = PageTests.Listen(page);

        await page.GotoAsync($"/acts/{match}");
        await Expect(page, "main", "open to Tern Labs and whoever made what nobody has registered");
        await page.GotoAsync($"/matches/{match}");
        await Link(page, "Dispute this match").ClickAsync();
        await page.GetByLabel("Your organisation").FillAsync($"{signing.Party}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page, "#form", "Ibis 1 by Tern Labs");
        await Expect(page, "#form", $"{FoundWeights.File}");
        await Expect(page, "#form", "Stated: at most once in 10 to the power 150");
        await Expect(page, "#form", "Not trained independently");
        await Assertions
            .Expect(Link(page, "What it means, with the picture by layer"))
            .ToHaveAttributeAsync("href", $"/matches/{match}");
        await Assertions.Expect(page.Locator("#target")).ToHaveValueAsync($"{match}");
        await Assertions.Expect(page.GetByLabel("What it was made from")).ToBeCheckedAsync();
        await JudgeAsync(page);
        await CheckAsync(page);
        await Expect(page, "#grounds-error", "Say why");
        await JudgeAsync(page);
        await page.Locator("#grounds").FillAsync(Grounds);
        await CheckAsync(page);
        await Expect(page, "main", $"Tern Labs objects to the report {match} of a found copy of");
        await Expect(page, "#act", "\"act\":\"lineage/dispute/1\"");
        var digest = await page.Locator("#act-digest").InnerTextAsync();
        await JudgeAsync(page);
        await signing.SignAsync();
        var id = await signing.FiledAsync();
        await JudgeAsync(page);

        var logged = signing.Server.Authority.Contents.Act(Index(id))!;
        Assert.Equal(digest, $"{logged.ActDigest}");
        var act = Assert.IsType<Dispute>(logged.Act);
        Assert.Equal(
            (signing.Party, match, DisputeSide.Parent, Grounds),
            (act.By, act.Target, act.Side, act.Grounds)
        );
        await page.GotoAsync($"/matches/{match}");
        await Expect(page, ".c-note", "Disputed.");
        await Expect(page, "section:has(> #objections)", "Tern Labs, who answers for what it was");
        await Expect(page, "section:has(> #objections)", Grounds);
        await Expect(page, "section:has(> #origin)", "Ibis 1");
        await Expect(page, "main", $"{FoundWeights.File}");
        await Expect(page, "h1", "is a derivative of Ibis 1");
        await Expect(page, "main", "open to whoever made what nobody has registered");
        await JudgeAsync(page);
        await page.GotoAsync($"/acts/{match}");
        await Expect(page, "main", $"objects to {match}");
        await page.GotoAsync($"/standing/{FoundWeights.File}");
        await Expect(page, "main", "Somebody objects.");
        await page.GotoAsync($"/models/{story.Model}");
        await Expect(page, "main", "Found on");
        await Assertions.Expect(Link(page, "Dispute this match")).ToHaveCountAsync(0);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Without_a_script_a_developer_comes_from_its_model_to_the_act_to_be_signed()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var (story, _) = await FoundAsync(signing);
        var others = await FoundWeights.BaseAsync(signing.Server, "Gull 1");
        var evidence = await FileAsync(
            signing.Server,
            by => new EvidenceAct
            {
                By = by,
                Child = new() { Release = story.Release },
                Parent = new() { Release = others.Release },
                Method = "unit-agreement",
                MethodVersion = Fingerprint.Version,
                Tool = "concord 1.0",
                Statistic = "134 of 192 units agree; chance gives 0.3",
                MinusLog10P = 200,
                Comparisons = 1,
                ComparedOn = signing.Server.Authority.Intake.Current.World.At.Day,
            }
        );
        var page = await signing.Page.Context.Browser!.NewPageAsync(
            new() { BaseURL = signing.Origin, JavaScriptEnabled = false }
        );

        await page.GotoAsync($"/models/{story.Model}");
        await Link(page, $"Dispute this match {evidence}").ClickAsync();
        await Expect(page, "#form", "Ibis 1 by Tern Labs");
        await Expect(page, "#form", "Gull 1 by Gull 1 Makers");
        await Expect(page, "#form", "134 of 192 units agree; chance gives 0.3.");
        await Assertions.Expect(page.GetByLabel("What was made", s_exact)).ToBeCheckedAsync();
        await page.Locator("#grounds").FillAsync($"{Grounds}\nWe have it in writing.");
        await CheckAsync(page);

        await Expect(page, "h1", "Check before you sign");
        await Expect(page, "main", $"objects to the evidence {evidence} on Ibis 1 and Gull 1");
        await Expect(page, "#act", $"\"side\":\"child\",\"grounds\":\"{Grounds} We have it in");
        await Expect(page, "#without", "concord file");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change what you answered" })
            .ClickAsync();
        await Assertions
            .Expect(page.Locator("#grounds"))
            .ToHaveValueAsync($"{Grounds}\nWe have it in writing.");
        await Assertions.Expect(page.GetByLabel("What was made", s_exact)).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_fingerprint_that_another_states_is_disputed_from_its_act()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var (story, _) = await FoundAsync(signing);
        var print = Prints.Of(7);
        var id = await FileAsync(
            signing.Server,
            by => new FingerprintAct
            {
                Release = story.Release,
                By = by,
                Weights = Recognition.DigestOf(print),
                Method = Fingerprint.Version,
                Small = Prints.Text(print),
            }
        );
        var page = signing.Page;

        await page.GotoAsync($"/acts/{id}");
        await Link(page, "Dispute this fingerprint").ClickAsync();
        await page.GetByLabel("Your organisation").FillAsync($"{signing.Party}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page, "#form", $"{Recognition.DigestOf(print)}");
        await JudgeAsync(page);
        await page.Locator("#grounds").FillAsync("Those weights were never ours.");
        await CheckAsync(page);
        await signing.SignAsync();
        await signing.FiledAsync();

        var world = signing.Server.Authority.Intake.Current.World;
        Assert.Single(world.Lineage.Weights.ObjectionsTo(id));
        await page.GotoAsync($"/acts/{id}");
        await Assertions.Expect(Link(page, "Dispute this fingerprint")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_law_is_quoted_to_who_may_not_dispute_or_has_done_so()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var strangers = await FoundWeights.BaseAsync(signing.Server);
        var theirs = await strangers.FindAsync();
        var (_, own) = await FoundAsync(signing, "Ibis 2");
        await signing.FileAsync(
            new Dispute
            {
                By = signing.Party,
                Target = own,
                Side = DisputeSide.Parent,
                Grounds = Grounds,
            }
        );
        var page = signing.Page;
        var acts = signing.Server.Acts;

        await AskAsync(page, signing.Party, theirs, "parent");
        await Expect(page, "#side-error", "made by who answers for the one side or the other");
        await JudgeAsync(page);
        await AskAsync(page, signing.Party, own, "child");
        await Expect(page, "#target-error", "One party says the same thing once.");
        await JudgeAsync(page);
        await AskAsync(page, signing.Party, new(1), "child");
        await Expect(page, "#target-error", "evidence or found copy that stands");
        await page.Locator("#target").FillAsync("");
        await page.Locator("#grounds").FillAsync(" \n ");
        await CheckAsync(page);
        await Expect(page, "#target-error", "Write the id of what you object to");
        await Expect(page, "#grounds-error", "Say why");
        await JudgeAsync(page);

        Assert.Equal(acts, signing.Server.Acts);
    }

    private static async Task AskAsync(IPage page, PartyId party, ActId target, string side)
    {
        await page.GotoAsync($"/file/dispute?party={party}&target={target}");
        await Assertions.Expect(page.Locator("[name=side]:checked")).ToHaveCountAsync(0);
        await page.Locator($"[name=side][value={side}]").CheckAsync();
        await page.Locator("#grounds").FillAsync(Grounds);
        await CheckAsync(page);
    }

    // Somebody else says it.
    private static async Task<ActId> FileAsync(SandboxServer server, Func<PartyId, Act> said)
    {
        var (by, key) = await server.AdmitAsync("Gull Hub", PartyRole.Host);
        using (key)
        {
            var filed = await server.FileAsync(server.Sign(by, key, said(by)));
            return new(filed.GetProperty("index").GetInt64());
        }
    }

    private static async Task<(FoundWeights Story, ActId Match)> FoundAsync(
        Signing signing,
        string name = "Ibis 1"
    )
    {
        var party = (signing.Party, signing.Administrator);
        var story = await FoundWeights.BaseAsync(signing.Server, name, party);
        return (story, await story.FindAsync());
    }

    private static long Index(string id)
    {
        Assert.True(ShortId.TryParse(id, ActId.Letter, out var index));
        return index;
    }

    private static ILocator Link(IPage page, string name) =>
        page.GetByRole(AriaRole.Link, new() { Name = name });
}
