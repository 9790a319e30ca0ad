using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>What people come for, from first page to last, with and without script.</summary>
[Collection(typeof(SiteCollection))]
public sealed class JourneyTests(BrowsedSite site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_home_to_a_model_why_a_law_applies_and_the_law_itself(bool hasScript)
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript);
        var page = browsing.Page;

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Searchbox).First.FillAsync("Llama 3.2 90B");
        await page.GetByRole(AriaRole.Searchbox).First.PressAsync("Enter");
        if (!page.Url.Contains("/models/", StringComparison.Ordinal))
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Llama 3.2 90B" })
                .First.ClickAsync();
        }

        await Assertions.Expect(Heading(page)).ToContainTextAsync("Llama 3.2 90B");
        await page.GetByRole(AriaRole.Link, new() { Name = "Explain" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Undetermined");
        await page.Locator("main a[href^='/laws/']").First.ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Definitions" }))
            .ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_register_narrows_by_law_and_answer_and_goes_on_page_by_page(
        bool hasScript
    )
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript);
        var page = browsing.Page;

        await page.GotoAsync("/register?law=eu-ai-act&answer=yes");
        var caught = await page.Locator("main tbody tr").CountAsync();
        Assert.InRange(caught, 1, 20);

        await page.GotoAsync("/register");
        var first = await page.Locator("main tbody tr th").First.InnerTextAsync();
        await page.Locator("a[rel='next']").First.ClickAsync();
        var next = await page.Locator("main tbody tr th").First.InnerTextAsync();
        Assert.NotEqual(first, next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_receipt_that_was_downloaded_from_the_page_of_an_act_verifies(bool hasScript)
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript);
        var page = browsing.Page;

        await page.GotoAsync(site.Addresses["registration"]);
        await Assertions.Expect(Heading(page)).ToContainTextAsync("Tern Labs registered Tern 1");
        var statement = await DownloadAsync(page, "Signed statement");
        var proof = await DownloadAsync(page, "Proof (tlog-proof)");

        Assert.True(
            TlogProof.TryParse(System.Text.Encoding.UTF8.GetString(proof), out var read, out _)
        );
        Assert.True(
            NoteVerifier.TryParse(site.Server.Authority.File.VerifierKey, out var log, out _)
        );
        Assert.True(read.Verify(statement, log, out _, out var fault), fault);
    }

    [Fact]
    public async Task Who_asks_for_what_is_not_there_is_told_and_can_search()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: false);
        var page = browsing.Page;

        var answer = await page.GotoAsync("/models/M-0000-0000");
        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("There is nothing here");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("Tern");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search the register" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Tern 1");
    }

    [Fact]
    public async Task What_is_sealed_is_on_no_page()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: false);
        var page = browsing.Page;

        await page.GotoAsync(site.Addresses["sealed act"]);
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("Tern Labs filed a sealed act");
        var text = await page.ContentAsync();
        Assert.DoesNotContain("answers questions", text, StringComparison.Ordinal);
        Assert.DoesNotContain("deploy", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_says_that_it_is_not_in_force_and_who_signed()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: false);
        var page = browsing.Page;

        await page.GotoAsync(site.Addresses["proposal"]);
        await Assertions.Expect(Heading(page)).ToContainTextAsync("proposed to suspend Tern 1");
        await Assertions
            .Expect(page.Locator(".c-note"))
            .ToContainTextAsync("Not in force: 1 of 2 signatures");
    }

    private static ILocator Heading(IPage page) =>
        page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static async Task<byte[]> DownloadAsync(IPage page, string link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync()
        );
        return await File.ReadAllBytesAsync(
            await download.PathAsync(),
            TestContext.Current.CancellationToken
        );
    }
}
