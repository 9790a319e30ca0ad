namespace Concord.Ledger;

/// <summary>Entries that are durable and public.</summary>
/// <param name="FirstIndex">The index of the first entry of the batch; the others follow
/// it.</param>
/// <param name="Head">The published checkpoint that covers them.</param>
public sealed record SequencedBatch(long FirstIndex, PublishedHead Head)
{
    /// <summary>The published checkpoint that covers them.</summary>
    public Checkpoint Checkpoint => Head.Checkpoint;

    /// <summary>The checkpoint's note as published.</summary>
    public string Note => Head.Note;
}
