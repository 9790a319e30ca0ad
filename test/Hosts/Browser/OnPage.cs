using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>What tests of forms do and ask for on a page.</summary>
internal static class OnPage
{
    /// <summary>The first that a selector finds says something, sooner or later.</summary>
    public static Task Expect(IPage page, string selector, string text) =>
        Assertions.Expect(page.Locator(selector).First).ToContainTextAsync(text);

    /// <summary>Goes on from a form to the page that shows what will be signed.</summary>
    public static Task CheckAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Check before you sign" }).ClickAsync();

    /// <summary>Nothing is wrong with the page for whoever does not see it.</summary>
    public static async Task JudgeAsync(IPage page)
    {
        var found = await PageTests.JudgeAsync(page);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
