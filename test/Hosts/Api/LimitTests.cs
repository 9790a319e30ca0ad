using System.Net;
using System.Net.Sockets;
using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Bounds on body, time, rate, queue and disk; in each case: nothing logged, nothing
/// lost.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_does_not_come_in_time_is_given_up()
    {
        await using var server = await SandboxServer.StartAsync(
            host: new() { BodyTimeout = TimeSpan.FromSeconds(1) }
        );

        var answer = await RawAsync(
            server,
            "POST /acts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/cose\r\nContent-Length: 100\r\n\r\nabc"
        );

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("did not come in time", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_do_not_come_in_time_are_given_up()
    {
        await using var server = await SandboxServer.StartAsync(
            host: new() { HeadersTimeout = TimeSpan.FromSeconds(1) }
        );

        var answer = await RawAsync(server, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_files_or_reads_too_often_is_told_when_to_come_again()
    {
        await using var server = await SandboxServer.StartAsync(
            host: new()
            {
                FilingsPerSecond = 0.001,
                FilingsBurst = 3,
                ReadsPerSecond = 0.001,
                ReadsBurst = 5,
            }
        );

        for (var i = 0; i < 3; i++)
        {
            using var answered = await server.PostAsync("x"u8.ToArray());
            Assert.Equal(HttpStatusCode.BadRequest, answered.StatusCode);
        }

        using var filing = await server.PostAsync("x"u8.ToArray());
        for (var i = 0; i < 5; i++)
        {
            await server.ReadAsync("/register");
        }

        using var reading = await server.Client.GetAsync("/register", Cancel);
        using var log = await server.Client.GetAsync("/log/checkpoint", Cancel);

        Assert.Equal(HttpStatusCode.TooManyRequests, filing.StatusCode);
        Assert.NotNull(filing.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.TooManyRequests, reading.StatusCode);
        // Whoever audits the log is not kept from it.
        Assert.Equal(HttpStatusCode.OK, log.StatusCode);
    }

    [Theory]
    [InlineData("/register?search=tern")]
    [InlineData("/register?Search=tern")]
    [InlineData("/find?q=tern")]
    [InlineData("/models?name=tern")]
    [InlineData("/export/register.csv?search=tern")]
    public async Task An_address_that_searches_too_often_reads_on(string address)
    {
        await using var server = await SandboxServer.StartAsync(
            host: new() { SearchesPerSecond = 0.001, SearchesBurst = 2 }
        );
        var statuses = new List<HttpStatusCode>();
        // What leads on to another search is two.
        for (var i = 0; i < 3; i++)
        {
            using var searched = await server.Client.GetAsync(address, Cancel);
            statuses.Add(searched.StatusCode);
        }

        using var read = await server.Client.GetAsync("/register", Cancel);

        Assert.NotEqual(HttpStatusCode.TooManyRequests, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[2]);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_key_is_slowed_by_its_own_right_signatures_alone()
    {
        await using var server = await SandboxServer.StartAsync(
            running: new()
            {
                Limits = new() { SignerPerSecond = 0.001, SignerBurst = 2 },
            }
        );
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        for (var i = 0; i < 20; i++)
        {
            var forged = server.Sign(party, key, Given.Model(party, $"Forged {i}")).Statement;
            var bytes = forged.ToArray();
            bytes[^1] ^= 1;
            using var refused = await server.PostAsync(bytes);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        HttpStatusCode[] answers =
        [
            await FileAsync(server, party, key, 1),
            await FileAsync(server, party, key, 2),
            await FileAsync(server, party, key, 3),
        ];

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests],
            answers
        );
    }

    [Fact]
    public async Task A_full_queue_turns_away_and_what_is_turned_away_can_be_filed_again()
    {
        await using var server = await SandboxServer.StartAsync(
            running: new()
            {
                Limits = new() { QueueMax = 2, BatchEntriesMax = 1 },
            }
        );
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var acts = Enumerable
            .Range(0, 64)
            .Select(i => server.Sign(party, key, Given.Model(party, $"Tern {i}")).Statement)
            .ToArray();

        var turnedAway = 0;
        var left = acts.ToList();
        while (left.Count > 0)
        {
            var responses = await Task.WhenAll(left.Select(act => server.PostAsync(act)));
            left =
            [
                .. left.Zip(responses)
                    .Where(pair => !pair.Second.IsSuccessStatusCode)
                    .Select(pair => pair.First),
            ];
            foreach (var response in responses.Where(one => !one.IsSuccessStatusCode))
            {
                var text = await response.Content.ReadAsStringAsync(Cancel);
                Assert.Contains("/problems/queue-full", text, StringComparison.Ordinal);
                Assert.NotNull(response.Headers.RetryAfter);
                turnedAway++;
            }
        }

        Assert.True(turnedAway > 0);
        Assert.Equal(64, server.Authority.Intake.Current.World.Registry.Models.Count);
    }

    [Fact]
    public async Task A_disk_that_is_nearly_full_takes_no_acts_and_serves_reads()
    {
        var first = await SandboxServer.StartAsync();
        var (party, key) = await first.AdmitAsync("Tern Labs", PartyRole.Developer);
        await first.StopAsync();
        var act = first.Sign(party, key, Given.Model(party, "Tern 1")).Statement;
        var full = await SandboxServer.StartAsync(
            first.Path,
            new() { FreeBytesMin = long.MaxValue / 2 }
        );

        using (var response = await full.PostAsync(act))
        {
            var text = await response.Content.ReadAsStringAsync(Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Contains("/problems/storage-full", text, StringComparison.Ordinal);
        }

        Assert.Equal(
            HttpStatusCode.OK,
            (await full.Client.GetAsync("/register", Cancel)).StatusCode
        );
        await full.StopAsync();
        await using var again = await SandboxServer.StartAsync(first.Path);
        using var taken = await again.PostAsync(act);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    // The commit is durable and its tiles cannot be written: the sequencer stops, and says that it
    // does not know; started again, the log has the act and gives its receipt.
    [Fact]
    public async Task A_log_that_stops_in_the_middle_of_a_commit_loses_nothing()
    {
        var broken = await SandboxServer.StartAsync();
        var (party, key) = await broken.AdmitAsync("Tern Labs", PartyRole.Developer);
        var log = new DataFolder(broken.Path).Log;
        Directory.Move(Path.Combine(log, "tile"), Path.Combine(broken.Path, "tile.away"));
        await File.WriteAllTextAsync(Path.Combine(log, "tile"), "in the way", Cancel);
        var act = broken.Sign(party, key, Given.Model(party, "Tern 1")).Statement;

        using (var response = await broken.PostAsync(act))
        {
            var text = await response.Content.ReadAsStringAsync(Cancel);
            Assert.Contains("/problems/log-stopped", text, StringComparison.Ordinal);
            Assert.Equal(
                System.Text.Json.JsonValueKind.Null,
                SandboxServer.Json(text).GetProperty("logged").ValueKind
            );
        }

        using (var health = await broken.Client.GetAsync("/healthz", Cancel))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        }

        await broken.StopAsync();
        File.Delete(Path.Combine(log, "tile"));
        Directory.Move(Path.Combine(broken.Path, "tile.away"), Path.Combine(log, "tile"));
        await using var server = await SandboxServer.StartAsync(broken.Path);
        using var known = await server.PostAsync(act);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal(1, server.Authority.Intake.Current.World.Registry.Models.Count);
    }

    [Fact]
    public async Task Attachments_are_bounded_in_size_and_number()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (entry, bytes) = Given.File("card.pdf", Visibility.Public, 8 << 20);
        var act = Given.Model(party, "Tern 1") with { Attachments = [entry] };
        using var large = new MultipartFormDataContent
        {
            { new ReadOnlyMemoryContent(server.Sign(party, key, act).Statement), "statement" },
            { new ReadOnlyMemoryContent(bytes), "attachment" },
        };
        var files = Enumerable
            .Range(0, 16)
            .Select(i => Given.File($"card {i}.pdf", Visibility.Public))
            .ToArray();
        act = act with { Attachments = [.. files.Select(one => one.Entry)] };
        using var many = new MultipartFormDataContent
        {
            { new ReadOnlyMemoryContent(server.Sign(party, key, act).Statement), "statement" },
        };
        foreach (var file in files.Append(files[0]))
        {
            many.Add(new ReadOnlyMemoryContent(file.Bytes), "attachment");
        }

        using var tooLarge = await server.Client.PostAsync("/acts", large, Cancel);
        using var tooMany = await server.Client.PostAsync("/acts", many, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
        var text = await tooMany.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("one too many", text, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> FileAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        int number
    )
    {
        using var response = await server.PostAsync(
            server.Sign(party, key, Given.Model(party, $"Tern {number}")).Statement
        );
        return response.StatusCode;
    }

    private static async Task<string> RawAsync(SandboxServer server, string request)
    {
        using var client = new TcpClient();
        var address = server.Client.BaseAddress!;
        await client.ConnectAsync(address.Host, address.Port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }
}
