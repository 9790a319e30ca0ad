namespace Concord.Ledger;

/// <summary>A checkpoint that is public, with its note as published.</summary>
/// <param name="Checkpoint">What the note says.</param>
/// <param name="Note">The signed note.</param>
public sealed record PublishedHead(Checkpoint Checkpoint, string Note);
