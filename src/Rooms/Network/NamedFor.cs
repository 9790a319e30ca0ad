using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>A key that key sets named for a purpose of the authority.</summary>
/// <param name="Key">The key.</param>
/// <param name="From">The size of the smallest tree whose key set names it.</param>
/// <param name="Until">The size of the smallest tree after those whose key set does not; null: the
/// last key set still names it.</param>
public sealed record NamedFor(PublicKey Key, long From, long? Until)
{
    /// <summary>Whether the key set in force in a tree of this size names it.</summary>
    public bool IsNamedAt(long size) => size >= From && !(size >= Until);
}
