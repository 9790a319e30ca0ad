using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>A certificate on paper and as files, each checked by what is not ours or not here.
/// </summary>
[Collection(typeof(SiteCollection))]
public sealed partial class CertificateTests(BrowsedSite site) : IDisposable
{
    private readonly string _folder = SandboxServer.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Address => $"{site.Addresses["registered model"]}/certificate";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ColorScheme.Light, Media.Screen, 1280)]
    [InlineData(ColorScheme.Dark, Media.Screen, 320)]
    [InlineData(ColorScheme.Light, Media.Print, 1280)]
    public async Task A_camera_reads_the_code_and_comes_to_the_standing(
        ColorScheme scheme,
        Media media,
        int width
    )
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: false);
        var page = browsing.Page;
        await page.SetViewportSizeAsync(width, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme, Media = media });
        await page.GotoAsync(Address);
        var picture = Path.Combine(_folder, "code.png");
        await page.Locator(".c-qr").ScreenshotAsync(new() { Path = picture });

        var read = await ReadAsync(picture);

        var model = site.Addresses["registered model"].Split('/')[^1];
        Assert.Equal($"{site.Server.Client.BaseAddress}standing/{model}", read);
        await page.GotoAsync(read);
        await Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("Tern 1 is registered");
    }

    [Fact]
    public async Task A_certificate_is_one_sheet_of_paper()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: false);
        await browsing.Page.GotoAsync(Address);

        var paper = await browsing.Page.PdfAsync(new() { Format = "A4" });

        Assert.Single(Sheet().Matches(Encoding.Latin1.GetString(paper)));
    }

    [Fact]
    public async Task What_was_downloaded_is_checked_offline_and_a_changed_byte_is_found()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: false);
        var page = browsing.Page;
        await page.GotoAsync(Address);
        var standing = await DownloadAsync(page, "Signed standing");
        var statement = await DownloadAsync(page, "Signed statement");
        await DownloadAsync(page, "Its proof");
        await DownloadAsync(page, "Its receipt");
        // All that a stranger holds besides: the keys of the authority, and nothing of its log.
        var keys = Path.Combine(_folder, "keys");
        Directory.CreateDirectory(keys);
        site.Server.Authority.File.Write(new DataFolder(keys));
        string[] logged = ["verify", statement, "--vkey", site.Server.Authority.File.VerifierKey];
        string[] stands = ["verify", standing, "--data", keys];

        (await ConcordProgram.RunAsync(_folder, logged)).Done();
        (await ConcordProgram.RunAsync(_folder, stands)).Done();

        foreach (var (file, command) in new[] { (statement, logged), (standing, stands) })
        {
            var path = Path.Combine(_folder, file);
            var bytes = await File.ReadAllBytesAsync(path, Cancel);
            foreach (var at in (int[])[bytes.Length / 2, bytes.Length - 1])
            {
                var bent = bytes.ToArray();
                bent[at] ^= 1;
                await File.WriteAllBytesAsync(path, bent, Cancel);
                Assert.Equal(1, (await ConcordProgram.RunAsync(_folder, command)).Code);
            }

            await File.WriteAllBytesAsync(path, bytes, Cancel);
        }
    }

    [Fact]
    public async Task What_was_only_reported_has_no_certificate_and_the_page_says_why()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: false);
        var page = browsing.Page;

        var answer = await page.GotoAsync($"{site.Addresses["reported model"]}/certificate");

        Assert.Equal(404, answer!.Status);
        await Assertions
            .Expect(page.Locator("main"))
            .ToContainTextAsync("nobody has registered it");
        await page.GotoAsync(site.Addresses["reported model"]);
        await Assertions.Expect(page.Locator("a[href$='/certificate']")).ToHaveCountAsync(0);
    }

    // zbarimg is no program of ours: it reads pictures as a camera sees them.
    private static async Task<string> ReadAsync(string picture)
    {
        var start = new ProcessStartInfo("zbarimg")
        {
            ArgumentList = { "--raw", "--quiet", "--nodbus", picture },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var read = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return read.Trim();
    }

    private async Task<string> DownloadAsync(IPage page, string link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync()
        );
        await download.SaveAsAsync(Path.Combine(_folder, download.SuggestedFilename));
        return download.SuggestedFilename;
    }

    [GeneratedRegex("/Type */Page\\b(?!s)")]
    private static partial Regex Sheet();
}
