using Concord.Acts;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Recovery;

/// <summary>What came back.</summary>
/// <param name="Newest">The newest checkpoint that is known.</param>
/// <param name="Size">How many entries are here.</param>
/// <param name="Fsck">What a check of every byte says.</param>
/// <param name="Missing">The documents that are lost, with the act that names each.</param>
/// <param name="MissingKeys">The keys of the server that are not here.</param>
public sealed record RecoveryReport(
    KnownCheckpoint Newest,
    long Size,
    FsckReport Fsck,
    IReadOnlyList<RecoveryReport.Document> Missing,
    IReadOnlyList<string> MissingKeys
)
{
    /// <summary>A document that an act names and that is not here.</summary>
    /// <param name="Act">The act.</param>
    /// <param name="Digest">The SHA-256 of the document.</param>
    /// <param name="IsAct">Whether it is the act itself, without which no view can be
    /// folded.</param>
    public sealed record Document(ActId Act, Digest Digest, bool IsAct);

    /// <summary>
    /// Whether every entry is here that is known to have been published. Otherwise the newest
    /// checkpoint stands guard in the log's folder, and no server takes the pen.
    /// </summary>
    public bool IsWhole => Size >= Newest.Checkpoint.Size;

    /// <summary>Whether a server can go on from here.</summary>
    public bool IsReady =>
        IsWhole && MissingKeys.Count == 0 && !Missing.Any(document => document.IsAct);
}
