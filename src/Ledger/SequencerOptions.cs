namespace Concord.Ledger;

/// <summary>How a sequencer behaves at the edges of its machine.</summary>
public sealed record SequencerOptions
{
    /// <summary>Bytes free where the log is kept; null where nobody can say.</summary>
    public Func<long>? FreeBytes { get; init; }

    /// <summary>The free bytes below which no batch is begun; 256 MiB unless told.</summary>
    public long FreeBytesMin { get; init; } = 256L << 20;

    /// <summary>
    /// Publishes a checkpoint of size 0 for a log without entries. A log of acts never does: its
    /// smallest tree holds the genesis and the first tick.
    /// </summary>
    public bool PublishEmpty { get; init; }

    /// <summary>
    /// How many of the newest entries have their tiles and bundles written again when the log is
    /// opened: those that a loss of power may have kept from the disk.
    /// </summary>
    public long RewrittenAtOpen { get; init; } = 1L << 18;

    /// <summary>
    /// By how many entries the log grows until its partial tiles are collected by themselves;
    /// whoever
    /// appends may do it sooner, when nothing waits. A file system is slow to make files while it
    /// deletes others.
    /// </summary>
    public long CollectedEvery { get; init; } = TilePath.FullWidth;
}
