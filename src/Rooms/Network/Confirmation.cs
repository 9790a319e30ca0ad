using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>A confirmation, with the key that signed it.</summary>
/// <param name="Index">The log index.</param>
/// <param name="Key">The key that signed it, which may turn out to have been in other hands too.
/// </param>
/// <param name="At">The last tick then.</param>
public sealed record Confirmation(long Index, KeyId Key, Instant At);
