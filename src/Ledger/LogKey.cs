namespace Concord.Ledger;

/// <summary>A key of a log and the trees that it may sign.</summary>
/// <param name="Verifier">The key.</param>
/// <param name="From">The smallest size.</param>
/// <param name="Until">The first size that is not its to sign any more; null: it still
/// signs.</param>
public sealed record LogKey(NoteVerifier Verifier, long From = 0, long? Until = null)
{
    /// <summary>Whether it may sign a tree of this size.</summary>
    public bool Signs(long size) => size >= From && !(size >= Until);
}
