using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Hosts.Crash;
using Concord.Hosts.Recovery;
using Concord.Ledger;
using Concord.Stores;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// A large file at the page that files many acts, against <c>concord up</c>: the server is killed
/// twice and the tab closed, and each row is in the log once. 1,200 rows in the gate, 10,000 with
/// <c>CONCORD_SOAK=1</c>.
/// </summary>
public sealed class BulkResumeTests
{
    private static readonly bool s_isLong =
        Environment.GetEnvironmentVariable("CONCORD_SOAK") is "1";

    private static readonly int s_rows = s_isLong ? 10_000 : 1_200;

    // Of the parts of 200 rows in which the page files.
    private static readonly int s_part = s_rows / 600;

    private static readonly LocatorAssertionsToBeVisibleOptions s_patient = new()
    {
        Timeout = 300_000,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_broke_off_with_server_and_tab_goes_on_and_is_filed_once()
    {
        using var founded = await FoundedFolder.CreateAsync();
        var data = new DataFolder(Path.Combine(SandboxServer.NewFolder(), "data"));
        founded.CopyTo(data.Path);
        var (invitation, code) = await InviteAsync(data.Path, founded);
        var acts = string.Join(
            '\n',
            Enumerable
                .Range(0, s_rows)
                .Select(i => BulkPageTests.Text(Given.Model(founded.Party, $"Tern {i}")))
        );
        var before = Size(data);
        var port = FreePort();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var (server, url) = await ServerProcess.UpAsync(data.Path, Cancel, port: port);
        try
        {
            var desk = await Desk.OpenAsync(browser, $"http://localhost:{port}");
            await JoinAsync(desk.Page, invitation, code);
            var credential = await CredentialAsync(desk);
            var address = $"/bulk?party={founded.Party}";
            await desk.Page.GotoAsync(address);
            var clock = Stopwatch.StartNew();
            await BulkPageTests.GiveAsync(desk.Page, "acts.jsonl", acts);
            await Assertions.Expect(desk.Page.Locator("#sign")).ToBeVisibleAsync(s_patient);
            Say($"{s_rows} rows judged", clock);
            await CompareRootAsync(desk.Page, data.Path, url);

            clock.Restart();
            server = await FileUntilTabIsGoneAsync(desk.Page, server, data, port);
            Say("killed twice, up again twice, the tab closed", clock);
            var early = Models(data, before);
            Assert.InRange(early, 1, s_rows - 1);

            desk = await Desk.OpenAsync(browser, $"http://localhost:{port}");
            await PutAsync(desk, credential);
            await desk.Page.GotoAsync(address);
            clock.Restart();
            await BulkPageTests.GiveAsync(desk.Page, "acts.jsonl", acts);
            await Assertions.Expect(desk.Page.Locator("#sign")).ToBeVisibleAsync(s_patient);
            Say("judged again", clock);
            var left = (s_rows - early).ToString("N0", CultureInfo.InvariantCulture);
            await Assertions.Expect(desk.Page.Locator("#many")).ToHaveTextAsync(left);
            clock.Restart();
            await desk.Page.Locator("#sign-button").ClickAsync();
            await Assertions.Expect(desk.Page.Locator("#done")).ToBeVisibleAsync(s_patient);
            Say($"{left} rows filed", clock);
            await Assertions
                .Expect(desk.Page.Locator("#done-says"))
                .ToHaveTextAsync($"{left} of {left} acts are in the log.");
        }
        finally
        {
            await ServerProcess.KillAsync(server);
            server.Dispose();
        }

        Assert.Equal(s_rows, Models(data, before));
        Assert.Equal(s_rows, Names(data, before).Distinct(StringComparer.Ordinal).Count());
    }

    // The first kill comes before a part is sent: the page waits and goes on by itself. The second
    // when the part is filed and its answer is not there yet; then the tab is closed.
    private static async Task<Process> FileUntilTabIsGoneAsync(
        IPage page,
        Process server,
        DataFolder data,
        int port
    )
    {
        var parts = 0;
        var isGone = new TaskCompletionSource();
        await page.RouteAsync(
            "**/acts/bulk",
            async route =>
            {
                parts++;
                if (parts == s_part)
                {
                    await ServerProcess.KillAsync(server);
                    await route.AbortAsync();
                    (server, _) = await ServerProcess.UpAsync(data.Path, Cancel, port: port);
                }
                else if (parts < 2 * s_part)
                {
                    await route.ContinueAsync();
                }
                else if (!isGone.Task.IsCompleted)
                {
                    await route.FetchAsync();
                    await ServerProcess.KillAsync(server);
                    isGone.SetResult();
                }
            }
        );
        await page.Locator("#sign-button").ClickAsync();
        await isGone.Task.WaitAsync(TimeSpan.FromMinutes(5), Cancel);
        await page.CloseAsync();
        (server, _) = await ServerProcess.UpAsync(data.Path, Cancel, port: port);
        return server;
    }

    internal static async Task<(ActId Id, string Code)> InviteAsync(
        string path,
        FoundedFolder founded
    )
    {
        var server = await SandboxServer.StartAsync(path);
        var code = InvitationCode.Of(RandomNumberGenerator.GetBytes(InvitationCode.Size));
        using var key = InvitationCode.SignerOf(code)!;
        var invite = new Invite
        {
            Party = founded.Party,
            Role = KeyRole.Filer,
            Holder = "night desk",
            Code = key.PublicKey,
            Until = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(7),
        };
        var filed = await server.FileAsync(server.Sign(founded.Party, founded.Key, invite));
        await server.StopAsync();
        return (new(filed.GetProperty("index").GetInt64()), code);
    }

    internal static async Task JoinAsync(IPage page, ActId invitation, string code)
    {
        await page.GotoAsync($"/join?invitation={invitation}");
        await page.Locator("#code").FillAsync(code);
        await page.Locator("#join-button").ClickAsync();
        await page.Locator("#sign-button").ClickAsync();
        await page.WaitForURLAsync("**/acts/*?filed=true");
    }

    // The program that is not the page's computes the same root from the rows that are offered.
    private static async Task CompareRootAsync(IPage page, string data, Uri url)
    {
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("#kept").ClickAsync()
        );
        var folder = SandboxServer.NewFolder();
        await download.SaveAsAsync(Path.Combine(folder, "signed.jsonl"));
        string[] words =
        [
            "bulk",
            "signed.jsonl",
            "--passkey",
            (await page.Locator("#bulk").GetAttributeAsync("data-key"))!,
            "--data",
            data,
            "--authority",
            url.ToString(),
            "--json",
        ];
        var said = (await ConcordProgram.RunAsync(folder, words)).Done().Json;
        Assert.Equal(s_rows, said.GetProperty("acts").GetInt32());
        Assert.Equal(
            await page.Locator("#root").InnerTextAsync(),
            said.GetProperty("root").GetString()
        );
        Directory.Delete(folder, recursive: true);
    }

    // A passkey outlives the tab.
    private static async Task<JsonElement> CredentialAsync(Desk desk)
    {
        var all = await desk.Devices.SendAsync(
            "WebAuthn.getCredentials",
            new() { ["authenticatorId"] = desk.Authenticator }
        );
        return Assert.Single(all!.Value.GetProperty("credentials").EnumerateArray()).Clone();
    }

    private static Task PutAsync(Desk desk, JsonElement credential) =>
        desk.Devices.SendAsync(
            "WebAuthn.addCredential",
            new() { ["authenticatorId"] = desk.Authenticator, ["credential"] = credential }
        );

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static long Size(DataFolder data)
    {
        using var store = SqliteLogStore.Open(data.Database);
        return store.ReadHead()!.Size;
    }

    private static int Models(DataFolder data, long from) => Names(data, from).Count;

    private static List<string> Names(DataFolder data, long from)
    {
        using var store = SqliteLogStore.Open(data.Database);
        var names = new List<string>();
        foreach (var entry in store.ReadEntries(from, store.ReadHead()!.Size))
        {
            Assert.True(Statement.TryParse(entry, out var statement, out _));
            if (statement.Subject is "registry/register-model")
            {
                using var act = JsonDocument.Parse(statement.Payload);
                names.Add(act.RootElement.GetProperty("name").GetString()!);
            }
        }

        return names;
    }

    private static void Say(string what, Stopwatch clock) =>
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {clock.Elapsed.TotalSeconds:N1} s"
            )
        );
}
