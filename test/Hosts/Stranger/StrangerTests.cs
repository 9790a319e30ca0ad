using System.Buffers.Binary;
using Concord.Acts.Network;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Stranger;

public sealed class StrangerTests : IDisposable
{
    private const string Origin = "stranger.example/log";

    private readonly string _folder = Directory.CreateTempSubdirectory("concord-").FullName;
    private readonly NoteSigner _key = NoteSigner.Generate(Origin);
    private readonly List<string> _earlier = [];

    private string Log => Path.Combine(_folder, "log");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_stranger_accepts_a_bare_tree(int size)
    {
        Grow(size, size);

        AssertAccepted(size);
    }

    [Theory]
    [InlineData(255, 257, 20)]
    [InlineData(65_535, 65_537, 8_000)]
    public void A_stranger_accepts_logs_around_full_tiles_and_every_earlier_checkpoint(
        int first,
        int last,
        int step
    )
    {
        Grow(first, step);
        AssertAccepted(first);
        for (var size = first + 1; size <= last; size++)
        {
            Grow(size, 1);
            AssertAccepted(size);
        }
    }

    /// <summary>A million entries: with <c>./check --soak</c>.</summary>
    [Fact]
    public void A_stranger_accepts_a_log_of_a_million_entries()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("CONCORD_SOAK") == "1",
            "runs with ./check --soak"
        );
        Grow(1_000_000, 50_000);

        AssertAccepted(1_000_000);
    }

    [Fact]
    public async Task A_stranger_accepts_the_log_that_an_authority_serves()
    {
        await using var server = await SandboxServer.StartAsync();
        var vkey = server.Authority.File.VerifierKey;
        var log = server.Authority.Folder.Log;
        var earlier = Path.Combine(_folder, "earlier");
        File.Copy(Path.Combine(log, "checkpoint"), earlier);
        await server.AdmitAsync("Example Works", PartyRole.Developer);

        var (fromFolder, said) = StrangerProgram.Check(vkey, log, earlier);
        var (fromServer, heard) = StrangerProgram.Check(
            vkey,
            $"{server.Client.BaseAddress}log",
            earlier
        );

        Assert.True(fromFolder == 0, said);
        Assert.True(fromServer == 0, heard);
        Assert.Equal(said, heard);
    }

    [Fact]
    public void A_stranger_notices_any_flipped_byte_of_checkpoint_tiles_and_bundles()
    {
        Grow(600, 100);
        var random = new Random(3);
        var needed = TilePath.Of(600).Select(path => path.ToString()).Append("checkpoint");
        foreach (var name in needed)
        {
            var file = Path.Combine(Log, name);
            var bytes = File.ReadAllBytes(file);
            for (var n = 0; n < 4; n++)
            {
                var at = random.Next(bytes.Length);
                var changed = bytes.ToArray();
                changed[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, changed);

                var (exitCode, output) = Check();
                Assert.True(exitCode == 1, $"{name} byte {at}: {output}");
            }

            File.WriteAllBytes(file, bytes);
        }

        AssertAccepted(600);
    }

    [Fact]
    public void A_stranger_notices_a_fork()
    {
        Grow(300, 100);
        var other = new MerkleTree();
        for (var i = 0; i < 200; i++)
        {
            other.Append(MerkleTree.LeafHash([1]));
        }

        var forked = new Checkpoint(Origin, 200, other.Root(200)).Sign(_key).ToString();
        _earlier.Add(Path.Combine(_folder, "forked"));
        File.WriteAllText(_earlier[^1], forked);

        var (exitCode, output) = Check();

        Assert.Equal(1, exitCode);
        Assert.Contains("consistency of 200 and 300", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stranger_notices_a_missing_tile_and_another_key()
    {
        Grow(300, 300);
        using var other = NoteSigner.Generate(Origin);
        Assert.Equal(1, StrangerProgram.Check(other.Verifier.ToString(), Log).ExitCode);

        File.Delete(Path.Combine(Log, "tile/1/000.p/1"));
        Assert.Equal(1, Check().ExitCode);
    }

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static PendingEntry Entry(int index)
    {
        var entry = new byte[index % 97 == 0 ? 0 : 4 + (index % 40)];
        if (entry.Length > 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(entry, index);
        }

        return new(entry, []);
    }

    private void Grow(int to, int step)
    {
        using var store = SqliteLogStore.OpenOrCreate(Path.Combine(_folder, "authority.db"));
        var tiles = new FileTiles(Log);
        var sequencer = Sequencer.Open(Origin, _key, store, tiles, new() { PublishEmpty = true });
        for (var size = (int)sequencer.Tree.Size; size < to; size = (int)sequencer.Tree.Size)
        {
            var count = Math.Min(step, to - size);
            var batch = sequencer.Append([.. Enumerable.Range(size, count).Select(Entry)]);
            _earlier.Add(Path.Combine(_folder, $"checkpoint-{batch.Checkpoint.Size}"));
            File.WriteAllText(_earlier[^1], batch.Note);
        }
    }

    private (int ExitCode, string Output) Check() =>
        StrangerProgram.Check(_key.Verifier.ToString(), Log, _earlier);

    private void AssertAccepted(int size)
    {
        var (exitCode, output) = Check();
        Assert.True(exitCode == 0, output);
        Assert.StartsWith($"size {size} root ", output, StringComparison.Ordinal);
    }
}
