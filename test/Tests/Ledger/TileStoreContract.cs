using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Ledger;

/// <summary>What every tile store keeps to, run over each of them.</summary>
public abstract class TileStoreContract
{
    private protected abstract ITileStore Tiles { get; }

    [Fact]
    public void What_is_written_is_read_and_what_is_not_there_is_null()
    {
        Assert.Null(Tiles.Read("checkpoint"));
        Assert.Null(Tiles.Read("tile/0/x001/234"));

        Tiles.Write("tile/0/x001/234", [1, 2]);
        Tiles.Write("tile/0/x001/234.p/17", [1]);
        Tiles.Write("checkpoint", [3]);

        Assert.Equal([1, 2], Tiles.Read("tile/0/x001/234"));
        Assert.Equal([1], Tiles.Read("tile/0/x001/234.p/17"));
        Assert.Equal([3], Tiles.Read("checkpoint"));
    }

    [Fact]
    public void A_second_write_takes_the_place_of_the_first()
    {
        Tiles.Write("checkpoint", [1, 2, 3]);
        Tiles.Write("checkpoint", [4]);

        Assert.Equal([4], Tiles.Read("checkpoint"));
    }

    [Fact]
    public void All_that_is_there_is_listed_by_folder()
    {
        Tiles.Write("checkpoint", [1]);
        Tiles.Write("tile/0/000", [1]);
        Tiles.Write("tile/0/000.p/1", [1]);
        Tiles.Write("tile/0/000.p/2", [1]);

        Assert.Equal(
            "checkpoint tile/0/000 tile/0/000.p/1 tile/0/000.p/2",
            string.Join(' ', Tiles.List("").Order(StringComparer.Ordinal))
        );
        Assert.Equal(
            "tile/0/000.p/1 tile/0/000.p/2",
            string.Join(' ', Tiles.List("tile/0/000.p/").Order(StringComparer.Ordinal))
        );
        Assert.Empty(Tiles.List("tile/9/"));
    }

    [Fact]
    public void Deleting_takes_one_or_all_below_a_folder_and_what_is_not_there_is_no_hindrance()
    {
        Tiles.Write("tile/0/000", [1]);
        Tiles.Write("tile/0/000.p/1", [1]);
        Tiles.Write("tile/0/000.p/2", [1]);
        Tiles.Write("checkpoint", [1]);

        Tiles.Delete("tile/0/000.p/");
        Tiles.Delete("tile/0/000.p/");
        Tiles.Delete("checkpoint");
        Tiles.Delete("checkpoint");
        Tiles.Delete("tile/7/000");

        Assert.Equal("tile/0/000", string.Join(' ', Tiles.List("")));
    }
}

public sealed class MemoryTilesTests : TileStoreContract
{
    private protected override ITileStore Tiles { get; } = new MemoryTiles();
}
