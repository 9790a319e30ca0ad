using Concord.Ledger;

namespace Concord.Stores;

/// <summary>The leaves of one day's items, in the order in which the items were kept.</summary>
/// <param name="Numbers">The numbers of the items, ascending.</param>
/// <param name="Hashes">Their leaf hashes (RFC 6962), in the same order.</param>
/// <param name="Missing">How many items between them are gone from the store.</param>
public sealed record DayLeaves(
    IReadOnlyList<long> Numbers,
    IReadOnlyList<Digest> Hashes,
    long Missing
)
{
    /// <summary>The tree over them.</summary>
    public MerkleTree Tree()
    {
        var tree = new MerkleTree();
        foreach (var hash in Hashes)
        {
            tree.Append(hash);
        }

        return tree;
    }

    /// <summary>The place of an item among the day's; null: it is not there.</summary>
    public int? PlaceOf(long number)
    {
        for (var place = 0; place < Numbers.Count; place++)
        {
            if (Numbers[place] == number)
            {
                return place;
            }
        }

        return null;
    }
}
