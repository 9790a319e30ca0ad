using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>From a few facts to the duties that would apply, and on to filing them.</summary>
[Collection(typeof(SiteCollection))]
public sealed class BeforeYouFileTests(BrowsedSite site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_answers_a_few_questions_sees_what_each_law_would_say_and_files_it(
        bool hasScript
    )
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript);
        var page = browsing.Page;

        await page.GotoAsync("/before-you-file");
        await page.Locator("input[name=modality][value=text]").CheckAsync();
        await page.Locator("#low").FillAsync("3e25");
        await page.Locator("#high").FillAsync("4e25");
        await page.Locator("#profile").SelectOptionAsync("eu.cumulative");
        await page.Locator("select[name=fact]:has(option[value='market[EU]=placed'])")
            .SelectOptionAsync("market[EU]=placed");
        await AskAsync(page);

        await Assertions.Expect(Answer(page)).ToHaveTextAsync("Undetermined");
        await page.Locator("select[name=fact]:has(option[value='generality=general'])")
            .SelectOptionAsync("generality=general");
        await AskAsync(page);
        await Assertions.Expect(Answer(page)).ToHaveTextAsync("Yes");
        await Assertions
            .Expect(Eu(page))
            .ToContainTextAsync("Duties under it: 11, 10 Yes, 1 Undetermined");
        await page.Locator("#country").FillAsync("CH");
        await AskAsync(page);
        await Assertions.Expect(Eu(page)).ToContainTextAsync("Duties under it: 11, 11 Yes");
        var shared = page.Url;
        await page.Locator("#low").FillAsync("2e24");
        await page.Locator("#high").FillAsync("3e24");
        await AskAsync(page);
        await Assertions.Expect(Answer(page)).ToHaveTextAsync("No");

        await page.GotoAsync(shared);
        await Assertions.Expect(page.Locator("#low")).ToHaveValueAsync("3e25");
        await page.GetByRole(AriaRole.Link, new() { Name = "Register this model" }).ClickAsync();
        await Assertions
            .Expect(page.Locator("input[type=hidden][name=low]"))
            .ToHaveValueAsync("3e25");
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_beside_its_field_and_nothing_is_judged()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: false);
        var page = browsing.Page;

        await page.GotoAsync("/before-you-file?modality=text&low=%3Cb%3Elots&fact=x&check=yes");

        await Assertions.Expect(page.Locator("#low-error")).ToContainTextAsync("'<b>lots' is none");
        await Assertions.Expect(page.Locator("#fact-error")).ToContainTextAsync("FACT=VALUE");
        await Assertions.Expect(page.Locator(".c-duty")).ToHaveCountAsync(0);
        await Assertions
            .Expect(page.Locator(".govuk-error-summary a[href='#low']"))
            .ToHaveCountAsync(1);
    }

    private static ILocator Eu(IPage page) =>
        page.Locator(
            ".c-duty",
            new() { Has = page.Locator("strong", new() { HasText = "EU AI" }) }
        );

    private static ILocator Answer(IPage page) => Eu(page).Locator("> p .c-state");

    private static Task AskAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Say which duties apply" }).ClickAsync();
}
