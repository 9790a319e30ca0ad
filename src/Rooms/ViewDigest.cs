using Concord.Ledger;

namespace Concord.Rooms;

/// <summary>The digest of one view at one size of the log.</summary>
/// <param name="View">The room, lower-case.</param>
/// <param name="Version">The version of the view's digest format.</param>
/// <param name="Audience">For whom.</param>
/// <param name="Size">The number of entries folded.</param>
/// <param name="Digest">The SHA-256.</param>
public sealed record ViewDigest(
    string View,
    int Version,
    Audience Audience,
    long Size,
    Digest Digest
);
