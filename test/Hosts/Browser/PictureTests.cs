using Concord.Hosts.Api;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// Main pages look as when somebody looked at them last, wide and narrow, light and dark: on
/// request, since a typeface or a browser of another version draws otherwise.
/// </summary>
public sealed class PictureTests
{
    // What is seen first, and little to keep.
    private const int Highest = 1000;

    private static readonly string s_folder = Path.Combine(
        Repository.Root,
        "test",
        "Hosts",
        "Browser",
        "Golden"
    );

    private static bool IsTaken => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1";

    [Fact]
    public async Task Main_pages_look_as_they_did()
    {
        Assert.SkipUnless(Pictures.AreCompared, "pictures are compared by ./check --pictures");
        await using var signing = await Signing.StartAsync(
            isFurnished: true,
            PicturedJourneyTests.Then
        );
        await signing.JoinAsync();
        await signing.FileAsync(Given.Model(signing.Party, "Tern 3"));
        var reported = signing.Server.Authority.Index.Models[0];
        (string Name, string Address)[] pages =
        [
            ("home", "/"),
            ("register", "/register"),
            ("model", $"/models/{reported}"),
            ("explanation", $"/models/{reported}/explain/eu-ai-act"),
            ("inbox", "/inbox"),
            ("form", $"/file/register-model?party={signing.Party}"),
        ];
        var found = new List<string>();
        foreach (var (name, address) in pages)
        {
            await signing.Page.GotoAsync(address);
            await Pictures.StillAsync(signing.Page);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await signing.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                foreach (var width in (int[])[1280, 320])
                {
                    var file = $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}";
                    found.AddRange(await LookAsync(signing.Page, file, width));
                }
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task A_page_that_changed_is_seen_and_one_that_did_not_is_not()
    {
        Assert.SkipUnless(Pictures.AreCompared, "pictures are compared by ./check --pictures");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.SetContentAsync("<h1>Tern 1</h1><p>Registered</p>");
        var committed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        await File.WriteAllBytesAsync(
            committed,
            await Pictures.TakeAsync(page, 320, Highest),
            TestContext.Current.CancellationToken
        );

        var same = await Pictures.TakeAsync(page, 320, Highest);
        Assert.Null(await Pictures.CompareAsync(page, "control-unchanged", committed, same));
        await page.SetContentAsync("<h1>Tern 1</h1><p style='background:red'>Suspended</p>");
        var changed = await Pictures.TakeAsync(page, 320, Highest);
        Assert.Contains(
            "of the pixels differ",
            await Pictures.CompareAsync(page, "control-changed", committed, changed),
            StringComparison.Ordinal
        );
        File.Delete(committed);
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page, string file, int width)
    {
        var picture = await Pictures.TakeAsync(page, width, Highest);
        var committed = Path.Combine(s_folder, $"{file}.jpg");
        if (IsTaken)
        {
            Directory.CreateDirectory(s_folder);
            await File.WriteAllBytesAsync(committed, picture);
            return [];
        }

        var found = await Pictures.CompareAsync(page, file, committed, picture);
        return found is null ? [] : [found];
    }
}
