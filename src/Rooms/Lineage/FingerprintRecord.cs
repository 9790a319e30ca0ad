using Concord.Acts;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Lineage;

/// <summary>A fingerprint of a release, as it was filed.</summary>
/// <param name="Id">The act.</param>
/// <param name="Release">The release.</param>
/// <param name="By">Who took it.</param>
/// <param name="IsOwn">Whether that is the release's developer.</param>
/// <param name="Weights">The weights digest.</param>
/// <param name="Method">The version of the method.</param>
/// <param name="Small">The small form.</param>
/// <param name="At">When it was filed.</param>
public sealed record FingerprintRecord(
    ActId Id,
    ReleaseId Release,
    PartyId By,
    bool IsOwn,
    Digest Weights,
    int Method,
    ReadOnlyMemory<byte> Small,
    Instant At
);
