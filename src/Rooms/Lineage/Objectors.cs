using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Rooms.Network;

namespace Concord.Rooms.Lineage;

/// <summary>
/// Who answers for what is said of weights, and so may object to it: the law and the pages that
/// lead to the form ask here.
/// </summary>
public static class Objectors
{
    /// <summary>Whether an act is a match or fingerprint that stands.</summary>
    public static bool IsOpen(World world, ActId target)
    {
        ArgumentNullException.ThrowIfNull(world);
        var book = world.Lineage.Weights;
        return book.Fingerprints.Has(target.Index)
            || book.Matches.Find(target.Index) is { EndedBy: null };
    }

    /// <summary>
    /// The release on a side of a match, or that of a fingerprint; null: nobody has registered it,
    /// and whoever says that it is theirs answers for it.
    /// </summary>
    public static ReleaseId? ReleaseOf(World world, ActId target, DisputeSide side)
    {
        ArgumentNullException.ThrowIfNull(world);
        var book = world.Lineage.Weights;
        return book.Fingerprints.Find(target.Index) is { } print ? print.Release
            : book.Matches.Find(target.Index) is not { } match ? null
            : side == DisputeSide.Parent ? Recognition.ReleaseOf(world, match.Parent)
            : Recognition.ChildOf(world, match);
    }

    /// <summary>
    /// Who may object still, by the side that they answer for; no party: whoever says that the side
    /// is theirs. Nobody objects twice, or to what they filed.
    /// </summary>
    public static IEnumerable<(DisputeSide Side, PartyId? Party)> Of(World world, ActId target)
    {
        if (!IsOpen(world, target))
        {
            return [];
        }

        var filer = world.FilerOf(target);
        var objected = world.Lineage.Weights.ObjectionsTo(target).Select(one => one.Said.By);
        return from side in Enum.GetValues<DisputeSide>()
            let party = ReleaseOf(world, target, side) is { } release
                ? world.Registry.Releases[release].Developer
                : (PartyId?)null
            where
                party is not { } known
                || filer != new Speaker.Party(known) && !objected.Contains(known)
            select (side, party);
    }
}
