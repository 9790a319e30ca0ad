using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>A mirror takes over what continues its history, once, and nothing else.</summary>
public sealed class MirrorTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mirror_grows_with_its_log_asks_for_nothing_twice_and_passes_fsck()
    {
        await using var filed = await Filed.StartAsync();
        var (open, closed) = await filed.AttachAsync();
        await filed.FileAsync(300);
        var url = filed.Server.Client.BaseAddress!.ToString();

        var first = (await filed.RunAsync("mirror", url, "--data", "mirror", "--json")).Done();
        var idle = (await filed.RunAsync("mirror", url, "--data", "mirror", "--json")).Done();
        await filed.FileAsync(5);
        var next = (await filed.RunAsync("mirror", url, "--data", "mirror", "--json")).Done();

        Assert.Equal(1, first.Json.GetProperty("documents").GetInt32());
        Assert.Equal(0, idle.Json.GetProperty("fetched").GetInt64());
        Assert.Equal(2, next.Json.GetProperty("fetched").GetInt64());
        Assert.True(File.Exists(filed.At("mirror/contents/" + Digest.Of(open.Span).ToHex())));
        Assert.False(File.Exists(filed.At("mirror/contents/" + Digest.Of(closed.Span).ToHex())));
        Assert.Equal(
            filed.LastCheckpoint,
            await File.ReadAllTextAsync(filed.At("mirror/log/checkpoint"), Cancel)
        );
        (await filed.RunAsync("fsck", "--data", "mirror")).Done();
        (await filed.RunAsync("mirror", "mirror", "--data", "second")).Done();
        (await filed.RunAsync("fsck", "--data", "second")).Done();
    }

    [Fact]
    public async Task An_interrupted_pull_goes_on_with_what_it_has_and_a_torn_file_is_fetched_anew()
    {
        await using var filed = await Filed.StartAsync();
        await filed.FileAsync(530);
        var tiles = new FileTiles(filed.At("copy"));
        var key = Key(filed);
        var source = new FileTiles(filed.Folder.Log);
        var asked = 0;

        await Assert.ThrowsAsync<IOException>(() => PullAsync(tiles, key, Failing));
        Assert.Null(tiles.Read(ITileStore.CheckpointPath));
        File.WriteAllBytes(filed.At("copy/tile/entries/000"), [1, 2, 3]);
        var report = await PullAsync(tiles, key, (path, _) => Task.FromResult(source.Read(path)));

        Assert.True(report.Fetched < 6, $"{report.Fetched} were fetched");
        Assert.Empty(LogCheck.Run(tiles, null, key).Findings);

        Task<byte[]?> Failing(string path, CancellationToken cancel) =>
            path.StartsWith("tile/entries/002", Ordinal) && Interlocked.Increment(ref asked) > 0
                ? throw new IOException("The line went dead.")
                : Task.FromResult(source.Read(path));
    }

    [Fact]
    public async Task A_bundle_that_was_changed_at_the_source_is_named_and_not_taken()
    {
        await using var filed = await Filed.StartAsync();
        await filed.FileAsync(5);
        var source = new FileTiles(filed.Folder.Log);

        var damage = await Assert.ThrowsAsync<InvalidDataException>(() =>
            PullAsync(
                new(filed.At("copy")),
                Key(filed),
                (path, _) => Task.FromResult(Flipped(path, source.Read(path)))
            )
        );

        Assert.Contains("holds other entries", damage.Message, Ordinal);
        Assert.False(File.Exists(filed.At("copy/checkpoint")));
    }

    [Theory]
    [InlineData(5, 9)]
    [InlineData(9, 5)]
    [InlineData(7, 7)]
    public async Task A_fork_is_refused_and_kept_as_evidence_that_others_can_check(
        int held,
        int shown
    )
    {
        var root = SandboxServer.NewFolder();
        using var signer = NoteSigner.Generate("fork.example.invalid/log");
        Write(Path.Combine(root, "a"), signer, held, "held");
        Write(Path.Combine(root, "b"), signer, shown, "shown");

        (await RunAsync(root, "mirror", "a", "--data", "mirror")).Done();
        var fork = await RunAsync(root, "mirror", "b", "--data", "mirror");

        Assert.Equal(8, fork.Code);
        Assert.Contains("two histories", fork.Error, Ordinal);
        var evidence = Assert.Single(
            Directory.GetDirectories(Path.Combine(root, "mirror/evidence"))
        );
        AssertProves(evidence, signer.Verifier);
        (await RunAsync(root, "fsck", "--data", "mirror")).Done();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_source_that_went_back_is_told_and_the_mirror_keeps_what_it_has()
    {
        var root = SandboxServer.NewFolder();
        using var signer = NoteSigner.Generate("lag.example.invalid/log");
        Write(Path.Combine(root, "a"), signer, 9, "same");
        Write(Path.Combine(root, "b"), signer, 5, "same");
        (await RunAsync(root, "mirror", "a", "--data", "mirror")).Done();

        var run = await RunAsync(root, "mirror", "b", "--data", "mirror", "--json");

        Assert.True(run.Done().Json.GetProperty("source_is_behind").GetBoolean());
        Assert.Equal(9, run.Json.GetProperty("size").GetInt64());
        Directory.Delete(root, recursive: true);
    }

    /// <summary>What the evidence says, checked with nothing but the log's key.</summary>
    private static void AssertProves(string evidence, NoteVerifier log)
    {
        var notes = new[] { "held.checkpoint", "shown.checkpoint" }
            .Select(name =>
            {
                var note = File.ReadAllText(Path.Combine(evidence, name));
                Assert.True(Checkpoint.TryOpen(note, log, out var one, out var fault), fault);
                return one;
            })
            .OrderBy(one => one.Size)
            .ToList();
        var lines = File.ReadAllLines(Path.Combine(evidence, "consistency"));
        var hashes = lines.Skip(1).Select(l => new Digest(Convert.FromBase64String(l))).ToList();
        Assert.Equal($"{notes[0].Size}", lines[0]);
        Assert.Contains(notes, one => one.Size == notes[0].Size && one.Root != hashes[0]);
        Assert.True(
            Proofs.VerifyConsistency(
                notes[0].Size,
                hashes[0],
                notes[1].Size,
                notes[0].Size == notes[1].Size ? hashes[0] : notes[1].Root,
                [.. hashes.Skip(1)]
            )
        );
    }

    private static void Write(string folder, NoteSigner signer, int size, string word)
    {
        var data = new DataFolder(folder);
        data.Create();
        var tree = new MerkleTree();
        var bundle = new System.Buffers.ArrayBufferWriter<byte>();
        for (var i = 0; i < size; i++)
        {
            byte[] entry = [(byte)i, .. System.Text.Encoding.UTF8.GetBytes(word)];
            tree.Append(MerkleTree.LeafHash(entry));
            EntryBundle.Append(bundle, entry);
        }

        var tiles = new FileTiles(data.Log);
        foreach (var path in TilePath.Of(size))
        {
            tiles.Write(
                path.ToString(),
                path.Level == TilePath.Entries ? bundle.WrittenSpan : Tile.Bytes(tree, path)
            );
        }

        var note = new Checkpoint(signer.Name, size, tree.Root(size)).Sign(signer).ToString();
        tiles.Write(ITileStore.CheckpointPath, System.Text.Encoding.UTF8.GetBytes(note));
        new AuthorityFile
        {
            Origin = signer.Name,
            VerifierKey = signer.Verifier.ToString(),
            Sandbox = true,
            Name = "Fork",
        }.Write(data);
    }

    private static byte[]? Flipped(string path, byte[]? bytes)
    {
        if (bytes is not null && path.StartsWith("tile/entries", Ordinal))
        {
            bytes[^1] ^= 1;
        }

        return bytes;
    }

    private static Task<LogPullReport> PullAsync(
        FileTiles tiles,
        NoteVerifier key,
        LogSource source
    ) => LogPull.RunAsync(source, tiles, key, isWhole: false, null, Cancel);

    private static NoteVerifier Key(Filed filed) =>
        NoteVerifier.TryParse(filed.Server.Authority.File.VerifierKey, out var key, out _)
            ? key
            : throw new InvalidOperationException("The sandbox has no verifier key.");

    private static Task<Cli.ConcordProgram.Run> RunAsync(string root, params string[] words) =>
        Cli.ConcordProgram.RunAsync(root, words);
}
