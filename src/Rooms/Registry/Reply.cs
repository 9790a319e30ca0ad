using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Registry;

/// <summary>An answer to a question.</summary>
/// <param name="Index">The log index of its act.</param>
/// <param name="Digest">The digest of the sealed act.</param>
/// <param name="At">When it was filed.</param>
public sealed record Reply(long Index, Digest Digest, Instant At);
