using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Concord.Hosts.Api;
using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// Where something stands, asked by id, digest or file: a file is hashed in the browser, in little
/// memory, and never leaves it.
/// </summary>
[Collection(typeof(SiteCollection))]
public sealed class StandingPageTests(BrowsedSite site) : IDisposable
{
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private const long GrownMax = 64L << 20;

    // Large enough that a page that keeps what it reads is found out.
    private static readonly long s_large = Environment.GetEnvironmentVariable("CONCORD_SOAK") is "1"
        ? 10_000_000_000
        : 600L << 20;

    private readonly string _folder = SandboxServer.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_id_or_a_digest_leads_to_where_it_stands(bool hasScript)
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript);
        var page = browsing.Page;
        var model = site.Addresses["registered model"].Split('/')[^1];

        await AskAsync(page, $" {model.ToLowerInvariant()} ");
        await Expect(page, "Tern 1 is registered");
        await AskAsync(page, Digest.Of(Weights()).ToHex().ToUpperInvariant());
        await Expect(page, "Tern 1 open weights is registered");
        await AskAsync(page, "Tern 1");
        await Assertions
            .Expect(page.Locator("#asked-error"))
            .ToContainTextAsync("Write an id like");
        await page.GetByRole(AriaRole.Link, new() { Name = "Search the register for it" })
            .ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Tern 1");
    }

    [Fact]
    public async Task Without_script_the_page_says_how_to_hash_a_file_and_shows_no_chooser()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: false);
        var page = browsing.Page;

        await page.GotoAsync("/standing");

        await Assertions.Expect(page.Locator("#chosen")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("sha256sum FILE");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("concord standing FILE");
    }

    [Fact]
    public async Task A_file_of_a_release_is_found_and_nothing_of_it_is_sent()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: true);
        var page = browsing.Page;
        var errors = PageTests.Listen(page);
        var sent = new List<string>();
        page.Request += (_, request) => sent.Add($"{request.Method} {request.PostData}");
        var file = await WriteAsync("tern.safetensors", Weights());

        await page.GotoAsync("/standing");
        await page.Locator("#chosen").SetInputFilesAsync(file);

        await Expect(page, "Tern 1 open weights is registered");
        Assert.Equal(["GET "], sent.Distinct(StringComparer.Ordinal));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task A_file_that_is_dropped_is_hashed_too()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: true);
        var page = browsing.Page;
        await page.GotoAsync("/standing");

        await page.EvaluateAsync(
            """
            bytes => {
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File([new Uint8Array(bytes)], 'tern.gguf'));
              for (const type of ['dragover', 'drop']) {
                document.getElementById('drop')
                  .dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true }));
              }
            }
            """,
            Weights().Select(one => (int)one).ToArray()
        );

        await Expect(page, "Tern 1 open weights is registered");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(64)]
    [InlineData((2 << 20) - 1)]
    [InlineData((5 << 20) + 7)]
    public async Task A_file_that_nobody_declared_is_unknown_under_the_digest_that_it_has(int size)
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: true);
        var page = browsing.Page;
        var bytes = RandomNumberGenerator.GetBytes(size);
        var file = await WriteAsync("unknown.bin", bytes);
        await page.GotoAsync("/standing");

        await page.Locator("#chosen").SetInputFilesAsync(file);

        await Expect(page, "Nothing is known of this here");
        var main = page.Locator("main");
        await Assertions.Expect(main).ToContainTextAsync(Digest.Of(bytes).ToString());
        await Assertions.Expect(main).ToContainTextAsync("Unknown is never fine");
        await Assertions.Expect(main).ToContainTextAsync("does not prove that nobody uses it");
    }

    [Fact]
    public async Task A_large_file_is_hashed_in_little_memory_and_the_person_may_end_it()
    {
        await using var browsing = await Browsing.OpenAsync(site, hasScript: true);
        var page = browsing.Page;
        var file = Path.Combine(_folder, "large.bin");
        await using (var stream = File.Create(file))
        {
            stream.SetLength(s_large);
        }

        await page.GotoAsync("/standing");
        var before = await MemoryAsync(page);
        await page.Locator("#chosen").SetInputFilesAsync(file);
        var most = 0L;
        while (await page.EvaluateAsync<double>("progress.value / progress.max") < 0.9)
        {
            most = Math.Max(most, await MemoryAsync(page));
            await Task.Delay(100, Cancel);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Assertions
            .Expect(page.Locator("#said"))
            .ToHaveTextAsync("Cancelled. Nothing was sent.");
        await Assertions.Expect(page.Locator("#chosen")).ToBeFocusedAsync();
        Assert.True(most - before < GrownMax, $"grown by {(most - before) >> 20} MiB");
        await page.Locator("#chosen").SetInputFilesAsync(file);
        await Assertions.Expect(page.Locator("#progress")).ToBeVisibleAsync();
        var found = await PageTests.JudgeAsync(page);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static byte[] Weights() =>
        [.. new byte[16], .. Encoding.UTF8.GetBytes("A model card.")];

    private static async Task AskAsync(IPage page, string asked)
    {
        await page.GotoAsync("/standing");
        await page.Locator("#asked").FillAsync(asked);
        await page.GetByRole(AriaRole.Button, new() { Name = "Say where it stands" }).ClickAsync();
    }

    private static Task Expect(IPage page, string heading) =>
        Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync(heading);

    private async Task<string> WriteAsync(string name, byte[] bytes)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        return file;
    }

    // What the processes of all pages hold that is no file of the disk: heaps, and what they share.
    private static async Task<long> MemoryAsync(IPage page)
    {
        var browser = await page.Context.Browser!.NewBrowserCDPSessionAsync();
        var answer = await browser.SendAsync("SystemInfo.getProcessInfo");
        await browser.DetachAsync();
        var sum = 0L;
        foreach (var process in answer!.Value.GetProperty("processInfo").EnumerateArray())
        {
            if (process.GetProperty("type").GetString() is not "renderer")
            {
                continue;
            }

            var id = process.GetProperty("id").GetInt32();
            foreach (var line in await File.ReadAllLinesAsync($"/proc/{id}/status", Cancel))
            {
                if (line.StartsWith("RssAnon", Ordinal) || line.StartsWith("RssShmem", Ordinal))
                {
                    var kilobytes = line.Split(':')[1].Replace("kB", "", Ordinal);
                    sum += long.Parse(kilobytes, CultureInfo.InvariantCulture) << 10;
                }
            }
        }

        return sum;
    }
}
