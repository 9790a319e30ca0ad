using System.Globalization;
using Concord.Acts;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Stores;

namespace Concord.Authority.Api;

/// <summary>Proves items of one kind against the roots of a world.</summary>
internal sealed class DayProofs(RecordKind kind, World world, Func<DateOnly, DayLeaves> leavesOf)
{
    private readonly Dictionary<DateOnly, (DayLeaves Leaves, MerkleTree Tree)> _trees = [];

    /// <summary>The proof of an item; null: its day has no root yet.</summary>
    public DayProof? Of(DateOnly? day, long number, ReadOnlySpan<byte> leaf)
    {
        var days =
            kind == RecordKind.Readings ? world.Network.ReadRoots : world.Network.RefusalRoots;
        if (day is not { } known || days.Of(known) is not { } rooted)
        {
            return null;
        }

        if (!_trees.TryGetValue(known, out var kept))
        {
            var leaves = leavesOf(known);
            _trees[known] = kept = (leaves, leaves.Tree());
        }

        var place = kept.Leaves.PlaceOf(number);
        var size = kept.Tree.Size;
        return new(
            known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            new ActId(rooted.Act).ToString(),
            rooted.Count,
            rooted.Root.ToString(),
            place,
            place is { } at
                ? [.. kept.Tree.InclusionProof(at, size).Select(node => node.ToString())]
                : [],
            kept.Tree.Root(size) != rooted.Root
                    ? "What is kept of this day is not what the root in the log is over."
                : place is not { } index || kept.Tree.Leaf(index) != MerkleTree.LeafHash(leaf)
                    ? "This item is not as it was when it was kept."
                : null
        );
    }
}
