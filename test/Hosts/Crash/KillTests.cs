using System.Diagnostics;
using System.Globalization;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Crash;

/// <summary>
/// A server that is killed at random moments under load: no receipt that was handed out may fail,
/// and no two checkpoints may contradict each other.
/// </summary>
public sealed class KillTests
{
    private const int Clients = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Kills =>
        int.TryParse(
            Environment.GetEnvironmentVariable("CONCORD_KILLS"),
            CultureInfo.InvariantCulture,
            out var asked
        )
            ? asked
        : Environment.GetEnvironmentVariable("CONCORD_SOAK") is "1" ? 250
        : 20;

    [Fact]
    public async Task Receipts_hold_and_the_log_is_whole_however_often_the_server_is_killed()
    {
        var path = SandboxServer.NewFolder();
        var (origin, load) = await FoundAsync(path);
        var clock = Stopwatch.StartNew();
        for (var kill = 0; kill < Kills; kill++)
        {
            // Every fourth dies while it starts: recovery is killed too.
            await (kill % 4 == 3 ? KillStartingAsync(path) : KillServingAsync(path, load));
        }

        await LetUnansweredBeAnsweredAsync(path, load);
        var verifier = AuthorityFile.Read(new(path)).VerifierKey;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Kills} kills in {clock.Elapsed.TotalSeconds:N0} s: {load.Handed.Count} receipts, "
                + $"{load.Checkpoints.Count} checkpoints"
        );

        Assert.True(load.Handed.Count >= Kills, $"{load.Handed.Count} receipts were handed out.");
        VerifyReceipts(path, origin, verifier, load);
        VerifyNoFork(path, verifier, load);
        await VerifyByCommandAsync(path, "fsck");
        await VerifyByCommandAsync(path, "replay");
        Directory.Delete(path, recursive: true);
    }

    private static async Task<(string Origin, Load Load)> FoundAsync(string path)
    {
        var server = await SandboxServer.StartAsync(path);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await Sandbox.FurnishAsync(
            server.Authority,
            new Progress<FurnishingStep>(),
            CancellationToken.None
        );
        var load = new Load(server.Origin, party, key);
        await server.StopAsync();
        return (server.Origin, load);
    }

    private static async Task KillServingAsync(string path, Load load)
    {
        var (process, url) = await ServerProcess.UpAsync(path, Cancel);
        using var _ = process;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = load.RunAsync(url, Clients, stop.Token);
        await load.UntilAnsweredAsync(running);
        await Task.Delay(Random.Shared.Next(0, 700), Cancel);
        await ServerProcess.KillAsync(process);
        await running;
    }

    private static async Task KillStartingAsync(string path)
    {
        using var process = ServerProcess.Up(path);
        await Task.Delay(Random.Shared.Next(50, 1_500), Cancel);
        await ServerProcess.KillAsync(process);
    }

    private static async Task LetUnansweredBeAnsweredAsync(string path, Load load)
    {
        var (process, url) = await ServerProcess.UpAsync(path, Cancel);
        using var _ = process;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = load.RunAsync(url, Clients, stop.Token);
        await load.UntilAnsweredAsync(running);
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
        await stop.CancelAsync();
        await running;
        await ServerProcess.KillAsync(process);
    }

    private static void VerifyReceipts(string path, string origin, string verifier, Load load)
    {
        using var store = SqliteLogStore.Open(new DataFolder(path).Database);
        using var receiptKey = new KeyFolder(new DataFolder(path).Keys).Read(KeyFolder.Receipt);
        Assert.True(NoteVerifier.TryParse(verifier, out var log, out _));
        foreach (var handed in load.Handed)
        {
            // The entry is what was first filed of the act: itself, or a statement with its id.
            var entry = store.ReadEntries(handed.Index, handed.Index + 1).Single();
            Assert.True(entry.Span.SequenceEqual(handed.Statement.Span), $"entry {handed.Index}");
            Assert.True(TlogProof.TryParse(handed.Proof, out var proof, out _));
            Assert.True(proof.Verify(entry.Span, log, out var checkpoint, out var fault), fault);
            Assert.Equal(origin, checkpoint.Origin);
            Assert.True(Receipt.TryParse(handed.Receipt.Span, out var receipt, out _));
            Assert.True(receipt.Verify(receiptKey.PublicKey, entry.Span, out var root, out _));
            Assert.Equal(checkpoint.Root, root);
        }

        // One entry for each act, however often it was sent.
        Assert.Equal(
            load.Handed.Select(one => one.Index).Distinct().Count(),
            load.Handed.Select(one => Digest.Of(one.Statement.Span)).Distinct().Count()
        );
    }

    private static void VerifyNoFork(string path, string verifier, Load load)
    {
        Assert.True(NoteVerifier.TryParse(verifier, out var log, out _));
        using var store = SqliteLogStore.Open(new DataFolder(path).Database);
        var tree = new MerkleTree();
        var roots = new List<Digest> { MerkleTree.EmptyRoot };
        foreach (var entry in store.ReadEntries(0, store.ReadHead()!.Size))
        {
            tree.Append(MerkleTree.LeafHash(entry.Span));
            roots.Add(tree.Root(tree.Size));
        }

        foreach (var note in load.Checkpoints.Distinct(StringComparer.Ordinal))
        {
            Assert.True(Checkpoint.TryOpen(note, log, out var checkpoint, out var fault), fault);
            Assert.Equal(roots[(int)checkpoint.Size], checkpoint.Root);
        }
    }

    private static async Task VerifyByCommandAsync(string path, string verb)
    {
        var (code, output) = await ServerProcess.RunAsync(Cancel, verb, "--data", path, "--json");
        Assert.True(code == 0, $"concord {verb} ended with {code}: {output}");
    }
}
