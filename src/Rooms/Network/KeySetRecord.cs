using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>A key set that is or was in force.</summary>
/// <param name="Body">What it says.</param>
/// <param name="ActDigest">The act that holds it.</param>
/// <param name="Since">The size of the smallest tree in which it is in force: one more than the
/// index of the signature with which it took effect.</param>
public sealed record KeySetRecord(KeySetBody Body, Digest ActDigest, long Since);
