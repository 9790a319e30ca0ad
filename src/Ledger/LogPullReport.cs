namespace Concord.Ledger;

/// <summary>What a pull brought.</summary>
/// <param name="Shown">The checkpoint that the source shows.</param>
/// <param name="Held">The checkpoint that is held now.</param>
/// <param name="Entries">By how many entries the copy has grown.</param>
/// <param name="Fetched">How many tiles and bundles were read from the source.</param>
public sealed record LogPullReport(Checkpoint Shown, Checkpoint Held, long Entries, long Fetched)
{
    /// <summary>Whether the source shows less than is held: it is stale, or went back.</summary>
    public bool IsBehind => Shown.Size < Held.Size;
}
