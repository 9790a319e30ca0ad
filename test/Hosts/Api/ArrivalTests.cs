using System.Net;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Concord.Measures;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// Who comes in time and is turned away by a stop gets it in writing, and strangers do not.
/// </summary>
public sealed class ArrivalTests
{
    private static readonly ShiftedTime s_threeDaysAgo = new(-TimeSpan.FromDays(3));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_clock_stands_a_filing_gets_a_slip_that_names_it()
    {
        var (path, party, key) = await StoodAsync();
        await using var server = await SandboxServer.StartAsync(path);
        var act = server.Sign(party, key, Given.Model(party, "Tern 1"));
        var before = server.Authority.Now;

        using var response = await server.PostAsync(act);
        var slip = await SlipAsync(response);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(slip);
        Assert.Equal(ArrivalDesk.MediaType, slip.ContentType);
        Assert.Equal("arrival", slip.Subject);
        Assert.Equal($"{server.Origin}#authority", slip.Issuer);
        using (var refusal = server.Authority.Keys.Read(KeyFolder.Refusal))
        {
            Assert.True(slip.Verify(refusal.PublicKey, out _));
        }

        Assert.True(Statement.TryParse(act.Statement, out var statement, out _));
        var says = Says(slip);
        var now = server.Authority.Intake.Current;
        Assert.Equal("clock-stopped", Text(says, "arrival"));
        Assert.Equal("registry/register-model/1", Text(says, "act"));
        Assert.Equal(statement.Id.ToString(), Text(says, "statement_id"));
        Assert.Equal(Digest.Of(statement.Payload.Span).ToString(), Text(says, "act_digest"));
        Assert.Equal($"{server.Origin}#{party}", Text(says, "issuer"));
        Assert.Equal(now.World.At.ToString(), Text(says, "tick"));
        Assert.Equal(now.Size, says.GetProperty("tree_size").GetInt64());
        Assert.Equal("unwitnessed", Text(says, "clock"));
        Assert.True(Instant.TryParse(Text(says, "arrived"), out var arrived));
        Assert.True(before <= arrived && arrived <= server.Authority.Now);
    }

    [Fact]
    public async Task Who_files_by_SCRAPI_gets_the_slip_in_its_form()
    {
        var (path, party, key) = await StoodAsync();
        await using var server = await SandboxServer.StartAsync(path);
        var act = server.Sign(party, key, Given.Model(party, "Tern 1"));
        using var content = new ReadOnlyMemoryContent(act.Statement);
        content.Headers.ContentType = new("application/cose");

        using var response = await server.Client.PostAsync("/entries", content, Cancel);
        var problem = await response.Content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(ConciseProblem.MediaType, response.Content.Headers.ContentType?.MediaType);
        // {"arrival": slip} under a name of ours, behind the three entries of every problem.
        Assert.Equal(0xA4, problem[0]);
        var name = Encoding.UTF8.GetBytes(ConciseProblem.ArrivalEntry);
        var at = problem.AsSpan().IndexOf(name) + name.Length;
        Assert.Equal([0xA1, 0x67, .. "arrival"u8], problem[at..(at + 9)]);
        Assert.Equal(0x59, problem[at + 9]);
        Assert.Equal(problem.Length - at - 12, (problem[at + 10] << 8) + problem[at + 11]);
        Assert.True(Statement.TryParse(problem.AsMemory(at + 12), out var slip, out _));
        Assert.True(Statement.TryParse(act.Statement, out var statement, out _));
        Assert.Equal(ArrivalDesk.MediaType, slip.ContentType);
        Assert.Equal(statement.Id.ToString(), Text(Says(slip), "statement_id"));
        using var refusal = server.Authority.Keys.Read(KeyFolder.Refusal);
        Assert.True(slip.Verify(refusal.PublicKey, out _));
    }

    [Fact]
    public async Task Strangers_forgers_and_broken_acts_get_no_slip()
    {
        var (path, party, key) = await StoodAsync();
        await using var server = await SandboxServer.StartAsync(path);
        using var stranger = StatementSigner.Create();
        var act = Given.Model(party, "Tern 1");
        var forged = server.Sign(party, key, act).Statement.ToArray();
        forged[^1] ^= 1;

        foreach (
            var bytes in (ReadOnlyMemory<byte>[])
                [server.Sign(party, stranger, act).Statement, forged, "no statement"u8.ToArray()]
        )
        {
            using var response = await server.PostAsync(bytes);
            Assert.InRange((int)response.StatusCode, 400, 499);
            Assert.Null(await SlipAsync(response));
        }
    }

    [Fact]
    public async Task Slips_of_one_key_are_bounded_and_the_answer_stays()
    {
        var (path, party, key) = await StoodAsync();
        var limits = new IntakeLimits { ArrivalsBurst = 2, ArrivalsPerSecond = 0.001 };
        await using var server = await SandboxServer.StartAsync(path, new() { Limits = limits });
        var slips = 0;
        for (var i = 0; i < 5; i++)
        {
            var act = server.Sign(party, key, Given.Model(party, $"Tern {i}"));
            using var response = await server.PostAsync(act.Statement);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            slips += await SlipAsync(response) is null ? 0 : 1;
        }

        Assert.Equal(2, slips);
    }

    [Fact]
    public async Task A_full_disk_and_a_stopped_log_give_slips_too()
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
            Assert.Equal("storage-full", Text(Says(await SlipAsync(response)), "arrival"));
        }

        await full.StopAsync();
        var broken = await SandboxServer.StartAsync(first.Path);
        var log = new DataFolder(broken.Path).Log;
        Directory.Move(Path.Combine(log, "tile"), Path.Combine(broken.Path, "tile.away"));
        await File.WriteAllTextAsync(Path.Combine(log, "tile"), "in the way", Cancel);
        for (var i = 0; i < 2; i++)
        {
            using var response = await broken.PostAsync(act);
            Assert.Equal("log-stopped", Text(Says(await SlipAsync(response)), "arrival"));
        }

        await broken.StopAsync();
        Directory.Delete(first.Path, recursive: true);
    }

    [Fact]
    public async Task The_command_line_keeps_the_slip_and_checks_it_offline()
    {
        var (path, party, key) = await StoodAsync();
        var server = await SandboxServer.StartAsync(path);
        // As `concord up` writes it.
        using (var refusal = server.Authority.Keys.Read(KeyFolder.Refusal))
        {
            var keys = PublishedKey.Of(refusal.PublicKey);
            (server.Authority.File with { RefusalKeys = [keys] }).Write(new DataFolder(path));
        }

        var work = SandboxServer.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(work, "key.pem"), key.ToPem(), Cancel);
        await File.WriteAllBytesAsync(
            Path.Combine(work, "act.json"),
            ActJson.Write(Given.Model(party, "Tern 1")),
            Cancel
        );

        var filed = await ConcordProgram.RunAsync(
            work,
            "file",
            "act.json",
            "--key",
            "key.pem",
            "--authority",
            server.Client.BaseAddress!.ToString()
        );
        await server.StopAsync();
        Assert.Equal(6, filed.Code);
        var slip = Assert.Single(Directory.GetFiles(Path.Combine(work, "receipts"), "*.arrival"));
        Assert.Contains(Path.GetFileName(slip), filed.Error, StringComparison.Ordinal);

        var said = (await VerifyAsync(work, path, slip)).Done();
        Assert.Contains("clock-stopped", said.Output, StringComparison.Ordinal);
        var unfiled = Path.ChangeExtension(slip, ".unfiled");
        var other = server.Sign(party, key, Given.Model(party, "Tern 2")).Statement;
        await File.WriteAllBytesAsync(unfiled, other, Cancel);
        Assert.Equal(1, (await VerifyAsync(work, path, slip)).Code);
        File.Delete(unfiled);
        (await VerifyAsync(work, path, slip)).Done();

        // A slip says that something came in, and must not pass for a refusal.
        var passed = Path.ChangeExtension(slip, ".refusal");
        File.Copy(slip, passed);
        Assert.Equal(1, (await VerifyAsync(work, path, passed)).Code);
        var bytes = await File.ReadAllBytesAsync(slip, Cancel);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(slip, bytes, Cancel);
        Assert.Equal(1, (await VerifyAsync(work, path, slip)).Code);
        Directory.Delete(work, recursive: true);
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task What_was_not_taken_is_filed_again_with_the_same_bytes_and_without_a_key()
    {
        var first = await SandboxServer.StartAsync();
        var (party, key) = await first.AdmitAsync("Tern Labs", PartyRole.Developer, PartyRole.Host);
        var model = await first.FileAsync(first.Sign(party, key, Given.Model(party, "Tern 1")));
        Assert.True(ShortId.TryParse(Text(model, "subject"), ModelId.Letter, out var number));
        var declared = Given.Release(new(number), new(2026, 3, 1));
        var release = await first.FileAsync(first.Sign(party, key, declared));
        await first.StopAsync();
        var full = await SandboxServer.StartAsync(
            first.Path,
            new() { FreeBytesMin = long.MaxValue / 2 }
        );
        var work = SandboxServer.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(work, "key.pem"), key.ToPem(), Cancel);
        // Sealed, with a salt of its own each time that it is said.
        string[] deploy =
        [
            "deploy",
            release.GetProperty("subject").GetString()!,
            "--country",
            "DE",
            "--service",
            "chat.tern.example",
            "--purpose",
            "customer support",
            "--users-magnitude",
            "4",
            "--key",
            "key.pem",
        ];
        Task<ConcordProgram.Run> RunAsync(SandboxServer server, params string[] words) =>
            ConcordProgram.RunAsync(
                work,
                [.. words, "--authority", server.Client.BaseAddress!.ToString()]
            );
        var turnedAway = await RunAsync(full, deploy);
        await full.StopAsync();
        File.Delete(Path.Combine(work, "key.pem"));
        var kept = Assert.Single(Directory.GetFiles(Path.Combine(work, "receipts"), "*.unfiled"));
        await using var server = await SandboxServer.StartAsync(first.Path);

        var again = (await RunAsync(server, "file", kept)).Done();
        var twice = (await RunAsync(server, "file", kept)).Done();

        Assert.Equal(6, turnedAway.Code);
        Assert.Contains(
            $"concord file receipts/{Path.GetFileName(kept)}",
            turnedAway.Error,
            Ordinal
        );
        Assert.Contains("registry/deploy/1", again.Output, Ordinal);
        Assert.Contains("was filed before", twice.Output, Ordinal);
        Directory.Delete(work, recursive: true);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static Task<ConcordProgram.Run> VerifyAsync(string work, string data, string file) =>
        ConcordProgram.RunAsync(work, "verify", file, "--data", data);

    /// <summary>A sandbox that was last used three days ago.</summary>
    private static async Task<(string Path, PartyId Party, StatementSigner Key)> StoodAsync()
    {
        var first = await SandboxServer.StartAsync(running: new() { Time = s_threeDaysAgo });
        var (party, key) = await first.AdmitAsync("Tern Labs", PartyRole.Developer);
        await first.StopAsync();
        return (first.Path, party, key);
    }

    private static async Task<Statement?> SlipAsync(HttpResponseMessage response)
    {
        var problem = SandboxServer.Json(await response.Content.ReadAsStringAsync(Cancel));
        return
            problem.TryGetProperty("arrival", out var slip)
            && Statement.TryParse(slip.GetBytesFromBase64(), out var statement, out _)
            ? statement
            : null;
    }

    private static JsonElement Says(Statement? slip) =>
        SandboxServer.Json(Encoding.UTF8.GetString(slip!.Payload.Span));

    private static string? Text(JsonElement says, string member) =>
        says.GetProperty(member).GetString();
}
