using Concord.Ledger;
using Concord.Stores;
using Concord.Tests.Ledger;
using Xunit;

namespace Concord.Tests.Stores;

public sealed class FileTilesTests : TileStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileTiles _tiles;

    public FileTilesTests() => _tiles = new FileTiles(_folder["log"]);

    private protected override ITileStore Tiles => _tiles;

    [Fact]
    public void Files_lie_as_they_are_served()
    {
        _tiles.Write("tile/0/x001/234.p/17", [1]);

        Assert.Equal([1], File.ReadAllBytes(_folder["log/tile/0/x001/234.p/17"]));
    }

    [Fact]
    public void A_write_that_was_cut_off_is_not_a_resource()
    {
        File.WriteAllBytes(_folder["log/.unfinished"], [1, 2]);

        Assert.Empty(_tiles.List(""));
        _tiles.Write("checkpoint", [3]);
        Assert.Equal([3], _tiles.Read("checkpoint"));
    }

    [Theory]
    [InlineData("../authority.db")]
    [InlineData("/etc/passwd")]
    [InlineData("tile/../../x")]
    public void Nothing_outside_the_folder_is_read_or_written(string path)
    {
        Assert.Throws<ArgumentException>(() => _tiles.Read(path));
        Assert.Throws<ArgumentException>(() => _tiles.Write(path, [1]));
    }

    [Fact]
    public async Task Whoever_reads_while_a_tile_is_written_sees_it_whole_or_not_at_all()
    {
        var tiles = new FileTiles(_folder.Path);
        var bytes = new byte[200_000];
        bytes.AsSpan().Fill(0xa5);
        for (var index = 0; index < 200; index++)
        {
            var path = new TilePath(TilePath.Entries, index, TilePath.FullWidth).ToString();
            using var written = new CancellationTokenSource();
            var reading = Task.Run(
                () => ReadUntil(Path.Combine(_folder.Path, path), written.Token),
                TestContext.Current.CancellationToken
            );

            tiles.Write(path, bytes);
            await written.CancelAsync();

            Assert.All(await reading, seen => Assert.Equal(bytes, seen));
        }
    }

    // As a web server reads that knows nothing of us: without any lock.
    private static List<byte[]> ReadUntil(string file, CancellationToken end)
    {
        var seen = new List<byte[]>();
        while (!end.IsCancellationRequested && seen.Count < 3)
        {
            try
            {
                using var stream = new FileStream(
                    file,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.ReadWrite | FileShare.Delete
                );
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                seen.Add(copy.ToArray());
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Not there yet.
            }
        }

        return seen;
    }

    public void Dispose() => _folder.Dispose();
}
