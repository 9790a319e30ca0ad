using Concord.Acts.Network;
using Concord.Rooms.Network;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>
/// An officer appoints a clerk at a page, by the public half of the passkey that the clerk made at
/// another browser.
/// </summary>
public sealed class AppointingTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    [Fact]
    public async Task A_clerk_makes_a_passkey_and_an_officer_appoints_it_by_page_and_keyboard()
    {
        await using var signing = await Signing.StartAsync();
        var desk = await signing.OtherDeskAsync();
        await DecidingTests.NameAsync(signing, desk, "regulator", "night-desk", []);
        var clerk = await signing.OtherDeskAsync();
        var file = await HalfAsync(clerk.Page, "intake");
        var page = desk.Page;
        var errors = PageTests.Listen(page);

        await page.GotoAsync("/authority");
        await page.GetByRole(AriaRole.Link, new() { Name = "appoints clerks" }).ClickAsync();
        var found = await PageTests.JudgeAsync(page);
        await page.GetByLabel("Night-desk").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("button[name=check]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page, "#role-error", "Say what it may do");
        await Expect(page, "#half-error", "Give the public half");
        await page.Locator("#half").FillAsync("{}");
        await page.GetByLabel("Clerk").CheckAsync();
        await page.Locator("#until").FillAsync("2060-01-01");
        await page.Locator("button[name=check]").ClickAsync();
        await Expect(page, "#half-error", "not the public half of a key");
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.Locator("#file").SetInputFilesAsync(file);
        await page.Locator("button[name=check]").ClickAsync();
        await Expect(page, "#until-error", "at most a year");
        // The file came along as text, and named the function.
        await Assertions.Expect(page.Locator("#name")).ToHaveValueAsync("intake");
        var day = signing.Server.Authority.Intake.Current.World.At.Day.AddDays(30);
        await page.Locator("#until").FillAsync($"{day:yyyy-MM-dd}");
        await page.Locator("button[name=check]").ClickAsync();
        await Expect(page, ".govuk-body-l", "appoints intake of regulator as clerk, until");
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.Locator("#sign-button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/acts/*?filed=true");

        var network = signing.Server.Authority.Intake.Current.World.Network;
        var key = network.Keys[network.Staff["regulator/intake"]];
        Assert.Equal(new Speaker.Staff(StaffRole.Clerk, "regulator", "intake"), key.Speaker);
        Assert.Equal(
            await clerk.Page.Locator("#thumbprint").InnerTextAsync(),
            key.Key.Id.ToString()
        );
        await clerk.Page.GotoAsync("/decide/appoint");
        await Assertions.Expect(clerk.Page.GetByLabel("Intake")).ToHaveCountAsync(0);
        Assert.True(found.Count == 0, string.Join('\n', found));
        errors.RemoveAll(one => one.StartsWith("publicKey.pubKeyCredParams is missing", Ordinal));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    // The public half as the page gives it, in a file.
    private static async Task<FilePayload> HalfAsync(IPage page, string name)
    {
        await page.GotoAsync("/officers/passkey");
        await page.Locator("#name").FillAsync(name);
        await page.Locator("#officer-button").ClickAsync();
        await Assertions.Expect(page.Locator("#made-heading")).ToBeFocusedAsync();
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("#half").ClickAsync()
        );
        return new()
        {
            Name = download.SuggestedFilename,
            MimeType = "application/json",
            Buffer = await File.ReadAllBytesAsync(await download.PathAsync()),
        };
    }
}
