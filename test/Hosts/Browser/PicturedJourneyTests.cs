using System.Text.RegularExpressions;
using Concord.Acts;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// What <c>docs/journeys</c> says a person does, done: from the home page, without reading
/// documentation. Pictures and words there are of these runs.
/// </summary>
public sealed partial class PicturedJourneyTests
{
    private const int LinesMost = 10;

    // What law answers on a day that does not move.
    internal static ShiftedTime Then =>
        new(
            new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero)
                - TimeProvider.System.GetUtcNow()
        );

    [Fact]
    public async Task Somebody_finds_a_model_and_understands_why_it_is_due()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true, Then);
        var (page, book) = (signing.Page, new JourneyBook("find-a-model"));
        await page.GotoAsync("/");
        await page.Locator("#q").FillAsync("lama 3.1 405");
        await book.ShowAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Llama 3.1-405B" }).First.ClickAsync();
        await book.ShowAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Explain the answer of EU AI Act" })
            .First.ClickAsync();
        await book.ShowAsync(page);
        await book.CloseAsync();
    }

    [Fact]
    public async Task Somebody_files_a_model_with_a_passkey()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true, Then);
        var (page, book) = (signing.Page, new JourneyBook("file-a-model"));
        var (invitation, code) = await signing.InviteAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "accept an invitation" }).ClickAsync();
        await page.Locator("#invitation").FillAsync(invitation.ToString());
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#code").FillAsync(code);
        await page.Locator("#join-button").ClickAsync();
        await Assertions.Expect(page.Locator("#check")).ToBeFocusedAsync();
        await book.ShowAsync(page);
        await signing.SignAsync();
        await signing.FiledAsync();

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Register a model" }).ClickAsync();
        await page.Locator("#party").FillAsync(signing.Party.ToString());
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#name").FillAsync("Tern 3");
        await page.GetByLabel("Text", new() { Exact = true }).CheckAsync();
        await page.Locator("#low").FillAsync("3.1e25");
        await book.ShowAsync(page);
        await page.Locator("button[name=check]").ClickAsync();
        await book.ShowAsync(page);
        await signing.SignAsync();
        await signing.FiledAsync();
        await book.ShowAsync(page);
        await book.CloseAsync();
    }

    [Fact]
    public async Task Somebody_is_refused_and_mends_it()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true, Then);
        var (page, book) = (signing.Page, new JourneyBook("refused-and-mended"));
        await signing.JoinAsync();
        await signing.FileAsync(Given.Model(signing.Party, "Tern 3"));
        await page.GotoAsync($"/file/register-model?party={signing.Party}");
        await page.Locator("#name").FillAsync("TERN  3");
        await page.GetByLabel("Text", new() { Exact = true }).CheckAsync();
        await page.Locator("button[name=check]").ClickAsync();
        await book.ShowAsync(page);
        await page.Locator("#version").FillAsync("second edition");
        await page.Locator("button[name=check]").ClickAsync();
        await book.ShowAsync(page);
        await signing.SignAsync();
        await signing.FiledAsync();
        await book.CloseAsync();
    }

    [Fact]
    public async Task Two_officers_decide_it_with_four_eyes_and_anybody_checks_the_certificate()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true, Then);
        var book = new JourneyBook("decide-with-four-eyes");
        await signing.FileAsync(Given.Model(signing.Party, "Tern 3"));
        var (first, second) = (await signing.OtherDeskAsync(), await signing.OtherDeskAsync());
        await DecidingTests.NameAsync(signing, first, "regulator", "night-desk", []);
        await DecidingTests.NameAsync(signing, second, "institute", "reviewer", []);
        var page = first.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "What waits for a decision" })
            .ClickAsync();
        await book.ShowAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Decide on Tern 3" }).ClickAsync();
        await page.GetByLabel("Night-desk").CheckAsync();
        await page.GetByLabel("Certify it").CheckAsync();
        await page.Locator("#conditions").FillAsync("EU only");
        await page.Locator("#reason").FillAsync("The case was accepted");
        await page.Locator("#until").FillAsync("2030-01-01");
        await book.ShowAsync(page);
        await page.Locator("button[name=check]").ClickAsync();
        await book.ShowAsync(page);
        var proposal = await DecidingTests.FiledAsync(page);

        page = second.Page;
        await page.GotoAsync("/inbox");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Read and sign {proposal}" })
            .ClickAsync();
        await page.GetByLabel("Reviewer").CheckAsync();
        await book.ShowAsync(page);
        await page.Locator("button[name=check]").ClickAsync();
        var agreement = await DecidingTests.FiledAsync(page);
        await book.ShowAsync(page);
        await book.CloseAsync();
        await CheckAsync(signing, page, [proposal, agreement]);
    }

    [Fact]
    public void Every_journey_is_short_and_shows_its_pictures()
    {
        var text = File.ReadAllText(Path.Combine(JourneyBook.Folder, "README.md"));
        foreach (var journey in text.Split("\n## ").Skip(1))
        {
            var lines = journey.Split('\n').Count(line => NumberedLine().IsMatch(line));
            Assert.InRange(lines, 1, LinesMost);
        }

        var shown = Picture().Matches(text).Select(one => one.Groups[1].Value).Order();
        var there = Directory
            .EnumerateFiles(JourneyBook.Folder, "*.jpg")
            .Select(file => Path.GetFileName(file))
            .Order();
        Assert.Equal(there, shown);
    }

    // As somebody who has the files and the key of the log, and no authority.
    private static async Task CheckAsync(Signing signing, IPage page, string[] signatures)
    {
        var book = new JourneyBook("check-a-certificate");
        await page.GotoAsync("/");
        await page.Locator("#q").FillAsync("Tern 3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Tern 3" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Certificate" }).First.ClickAsync();
        await book.ShowAsync(page);
        var folder = Directory.CreateTempSubdirectory("concord-certificate-").FullName;
        foreach (var act in signatures)
        {
            var files = page.Locator($"a[download^='{act}.']");
            Assert.Equal(3, await files.CountAsync());
            for (var i = 0; i < await files.CountAsync(); i++)
            {
                var link = files.Nth(i);
                var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
                await download.SaveAsAsync(Path.Combine(folder, download.SuggestedFilename));
            }

            var vkey = signing.Server.Authority.File.VerifierKey;
            string[] words = ["verify", $"{act}.cose", "--vkey", vkey];
            book.Add((await ConcordProgram.RunAsync(folder, words)).Done().Output);
        }

        await book.CloseAsync();
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex NumberedLine();

    [GeneratedRegex(@"\]\(([a-z0-9-]+\.jpg)\)")]
    private static partial Regex Picture();
}
