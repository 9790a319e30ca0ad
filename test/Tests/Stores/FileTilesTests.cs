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

    public void Dispose() => _folder.Dispose();
}
