using Concord.Measures;

namespace Concord.Rooms;

/// <summary>What an entry does beyond being there.</summary>
/// <param name="Takes">
/// Whether the act takes effect with this entry: always for ordinary acts, with the k-th signature
/// for joint ones.
/// </param>
/// <param name="Act">
/// The log index by which the act goes: its own, or that of the first signature of a joint act.
/// </param>
/// <param name="At">The time at which it is folded.</param>
public readonly record struct Effect(bool Takes, long Act, Instant At);
