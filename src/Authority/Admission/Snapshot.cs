using Concord.Ledger;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>
/// What readers see: one world, at a published checkpoint. Immutable; a reader keeps the one that
/// it
/// began with.
/// </summary>
/// <param name="World">The views.</param>
/// <param name="Head">The published checkpoint.</param>
public sealed record Snapshot(World World, PublishedHead Head)
{
    /// <summary>The number of entries.</summary>
    public long Size => World.Size;

    /// <summary>The root of the tree.</summary>
    public Digest Root => Head.Checkpoint.Root;
}
