using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>The site in the languages that it is translated into.</summary>
[Collection(typeof(SiteCollection))]
public sealed partial class LanguageTests(BrowsedSite site)
{
    private static readonly string[] s_pages =
    [
        "",
        "/register",
        "/register?search=no-such-model",
        "registered model",
        "/file/register-model",
        "/standing",
        "/file/dispute",
        "model with a found copy",
        "report of a found copy",
        "/standing?asked=no-such-id",
        "standing",
        "standing of what was reported",
        "standing of a found copy",
        "certificate",
        "certificate of a release",
        "/bulk",
        "/join",
        "/apply",
        "/apply?name=Tern&check=yes",
        "/officers/passkey",
        "joint act to be signed",
        "/read",
        "home of a party",
        "notices to confirm",
        "notices to end",
        "/nothing-of-the-kind",
        "/standing",
        "standing",
        "standing of a found copy",
        "certificate",
        "/inbox",
        "joint act to be signed",
        "/apply",
        "/join",
        "/drafts",
        "/acts?type=network/appeal/1",
        "registration",
        "sealed act",
        "proposal",
        "/due",
        "/parties",
        "party",
        "home of a party",
        "notices to confirm",
        "notices to end",
        "decision",
        "question",
        "/decide/appoint",
        "/authority",
        "key",
        "/laws",
        "/log",
    ];

    /// <summary>Translated pages, and a form with what is wrong in it, in both languages.</summary>
    public static TheoryData<string, string> Pages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var page in s_pages)
            {
                data.Add("fr", page);
                data.Add("ar", page);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_translated_page_is_accessible_and_fits_and_has_no_english_of_its_own(
        string language,
        string kind
    )
    {
        var page = await site.NewPageAsync();
        var errors = PageTests.Listen(page);
        await page.GotoAsync($"/{language}{site.Addresses.GetValueOrDefault(kind, kind)}");

        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        Assert.Equal(language is "ar" ? "rtl" : null, await page.GetAttributeAsync("html", "dir"));
        var english = (await OwnWordsAsync(page)).Where(text => English().IsMatch(text)).ToList();
        var found = await PageTests.JudgeAsync(page);
        await page.CloseAsync();
        Assert.Empty(english);
        Assert.Empty(found);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("ar")]
    public async Task What_is_wrong_with_an_answer_is_said_in_the_language_of_the_form(
        string language
    )
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        await signing.Page.GotoAsync(
            $"/{language}/file/register-model?party={signing.Party}&low=much&check=yes"
        );

        var summary = signing.Page.Locator(".govuk-error-summary");
        await Assertions.Expect(summary).ToContainTextAsync("3.8e25");
        Assert.DoesNotMatch(English(), await summary.InnerTextAsync());
        Assert.Empty(await PageTests.JudgeAsync(signing.Page));
    }

    [Fact]
    public async Task Links_and_forms_stay_in_the_language_and_the_choice_keeps_the_question()
    {
        var page = await site.NewPageAsync();
        await page.GotoAsync("/fr/register?sort=name&modality=text");
        await page.ClickAsync("tbody a");
        Assert.Contains("/fr/models/", page.Url, StringComparison.Ordinal);
        await page.GoBackAsync();
        await page.FillAsync("#search", "llama");
        await page.ClickAsync(".c-filters button");
        Assert.Contains("/fr/register?", page.Url, StringComparison.Ordinal);

        await page.ClickAsync("a[hreflang=ar]");
        var arabic = new Uri(page.Url);
        Assert.Equal("/ar/register", arabic.AbsolutePath);
        Assert.Contains("search=llama", arabic.Query, StringComparison.Ordinal);
        await page.ClickAsync("a[hreflang=en]");
        Assert.Equal("/register", new Uri(page.Url).AbsolutePath);
        await page.CloseAsync();
    }

    [Fact]
    public async Task A_page_that_is_not_translated_says_so_and_marks_its_english()
    {
        var page = await site.NewPageAsync();
        await page.GotoAsync("/ar/about");

        Assert.Equal("ar", await page.GetAttributeAsync("html", "lang"));
        var main = page.Locator("[lang=en]:has(> main)");
        await Assertions.Expect(main).ToHaveAttributeAsync("dir", "ltr");
        var link = await main.Locator("a[href*='/register']").First.GetAttributeAsync("href");
        Assert.StartsWith("/ar/", link, StringComparison.Ordinal);
        Assert.Empty(await PageTests.JudgeAsync(page));
        await page.CloseAsync();
    }

    [Fact]
    public async Task Each_page_names_its_other_languages_and_itself()
    {
        var page = await site.NewPageAsync();
        await page.GotoAsync("/fr/register?sort=name");
        var others = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('link[hreflang]')]"
                + ".map(one => one.hreflang + new URL(one.href).pathname)"
        );
        var canonical = await page.GetAttributeAsync("link[rel=canonical]", "href");
        await page.CloseAsync();
        Assert.Equal(["en/register", "fr/fr/register", "ar/ar/register"], others);
        Assert.Equal("/fr/register", new Uri(canonical!).AbsolutePath);
    }

    [Fact]
    public async Task A_path_of_the_api_means_the_same_under_a_language()
    {
        var client = site.Server.Client;
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal(
            await client.GetStringAsync("/due?format=json", cancel),
            await client.GetStringAsync("/fr/due?format=json", cancel)
        );
    }

    [Fact]
    public async Task An_address_has_one_language()
    {
        var page = await site.NewPageAsync();
        var answer = await page.GotoAsync("/fr/ar/register");
        Assert.Equal(404, answer!.Status);
        Assert.Equal("fr", await page.GetAttributeAsync("html", "lang"));
        await page.CloseAsync();
    }

    // What stands in no element that says it is English, and is no name or text of others.
    private static async Task<string[]> OwnWordsAsync(IPage page) =>
        await page.EvaluateAsync<string[]>(
            """
            () => {
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const own = [];
              while (walk.nextNode()) {
                const parent = walk.currentNode.parentElement;
                const others = "a, bdi, svg, code, pre, script, td, dd, tbody .c-table__sub";
                if (!parent.closest(`[lang=en], ${others}`)) {
                  own.push(walk.currentNode.data.trim());
                }
              }
              const said = [...document.querySelectorAll("[aria-label]:not([lang=en] *)")];
              return own.concat(said.map(one => one.getAttribute("aria-label"))).filter(Boolean);
            }
            """
        );

    [GeneratedRegex(
        @"\b(?:the|which|this|its|was|has|are|been|and|of|or|with|from|not|your)\b",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex English();
}
