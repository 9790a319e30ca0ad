using System.Net;
using System.Text;
using Concord.Acts.Network;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Witnesses;

/// <summary>
/// Whoever watches a log goes along when its keys take over from each other, and refuses a thief
/// who has an old one.
/// </summary>
public sealed class FollowedRotationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_witness_cosigns_by_either_key_and_refuses_a_thief_with_the_retired_one()
    {
        await using var server = await SandboxServer.StartAsync();
        var first = Rotated.LogKey(server);
        await using var before = await ServedWitness.StartAsync("a.example", first);
        await Rotated.OverlapAsync(server);
        var second = Rotated.LogKey(server, "log-2");
        await using var after = await ServedWitness.StartAsync("b.example", second);
        await using var both = await ServedWitness.StartAsync("c.example", first, second);
        var text =
            $"log {first}\nlog {second}\n"
            + $"witness a {before.Verifier} {before.Url}\nwitness b {after.Verifier} {after.Url}\n"
            + $"witness c {both.Verifier} {both.Url}\ngroup g all a b c\nquorum g\n";
        Assert.True(
            TlogPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy, out var fault),
            fault
        );
        server.Authority.Witnesses.Take(policy);

        await server.Authority.Witnesses.RoundAsync(Cancel);

        Assert.All(server.Authority.Witnesses.Witnesses, one => Assert.Null(one.State.Fault));
        Assert.Equal(server.Authority.Intake.Current.Size, server.Authority.Witnesses.Newest?.Size);
        await Rotated.LetGoAsync(server);
        var size = server.Authority.Intake.Current.Size;
        using var stolen = server.Authority.Keys.ReadLog(server.Origin);
        var forged = new Checkpoint(server.Origin, size + 1, Digest.Of([1])).Sign(stolen);
        var request = new AddCheckpoint(
            0,
            [],
            forged,
            new(server.Origin, size + 1, Digest.Of([1]))
        );
        var (status, _, _) = await ServedWitness.PostAsync(after.Url, request.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task A_monitor_learns_the_new_key_from_the_log_and_refuses_a_thief_with_the_old()
    {
        await using var server = await SandboxServer.StartAsync();
        var first = Rotated.LogKey(server);
        var state = Directory.CreateTempSubdirectory("concord-monitor-").FullName;
        var target = "";
        await using var front = await LogFront.StartAsync(path =>
            path == ITileStore.CheckpointPath && target.Length > 0 ? Encoding.UTF8.GetBytes(target)
            : File.Exists(Path.Combine(server.Authority.Folder.Log, path))
                ? File.ReadAllBytes(Path.Combine(server.Authority.Folder.Log, path))
            : null
        );
        (await RoundAsync()).Done();

        // The overlap is missed: what the roots have signed in the log is enough.
        await Rotated.OverlapAsync(server);
        await Rotated.LetGoAsync(server);
        Assert.Contains(
            $"\"size\":{server.Authority.Intake.Current.Size}",
            (await RoundAsync()).Done().Output,
            StringComparison.Ordinal
        );

        // A thief who has the old key signs on, as if it had never been let go.
        using var stolen = server.Authority.Keys.ReadLog(server.Origin);
        var size = server.Authority.Intake.Current.Size + 1;
        target = new Checkpoint(server.Origin, size, Digest.Of([1])).Sign(stolen).ToString();
        var thief = await RoundAsync();
        Assert.Equal(1, thief.Code);
        Assert.Contains("\"kind\":\"unverifiable\"", thief.Output, StringComparison.Ordinal);

        target = "";
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        (await RoundAsync()).Done();

        // Whoever pins the new key now goes on with what was followed by the old one.
        (await RoundAsync(Rotated.LogKey(server, "log-2"))).Done();
        Directory.Delete(state, recursive: true);

        Task<ConcordProgram.Run> RoundAsync(NoteVerifier? pinned = null) =>
            ConcordProgram.RunAsync(
                state,
                "monitor",
                front.Url,
                "--vkey",
                $"{pinned ?? first}",
                "--state",
                state,
                "--once",
                "--json"
            );
    }

    [Fact]
    public async Task A_mirror_follows_the_keys_and_refuses_a_thief_with_the_old_one()
    {
        await using var server = await SandboxServer.StartAsync();
        var work = Directory.CreateTempSubdirectory("concord-mirror-").FullName;
        string[] mirror = ["mirror", server.Path, "--data", "mirror"];
        (await ConcordProgram.RunAsync(work, mirror)).Done();
        await Rotated.OverlapAsync(server, KeyPurpose.Receipt);
        await Rotated.LetGoAsync(server);
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);

        (await ConcordProgram.RunAsync(work, mirror)).Done();
        (await ConcordProgram.RunAsync(work, "fsck", "--data", "mirror")).Done();

        using var stolen = server.Authority.Keys.ReadLog(server.Origin);
        var size = server.Authority.Intake.Current.Size + 1;
        var forged = new Checkpoint(server.Origin, size, Digest.Of([1])).Sign(stolen);
        await File.WriteAllTextAsync(
            Path.Combine(server.Authority.Folder.Log, "checkpoint"),
            forged.ToString(),
            Cancel
        );
        var thief = await ConcordProgram.RunAsync(work, mirror);
        Assert.NotEqual(0, thief.Code);
        Assert.Contains("another key set is in force", thief.Error, StringComparison.Ordinal);
        Directory.Delete(work, recursive: true);
    }
}
