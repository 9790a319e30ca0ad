using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Network;

/// <summary>A rulebook that the authority applies.</summary>
/// <param name="Book">The rulebook.</param>
/// <param name="AppliesFrom">From which day this authority applies it.</param>
/// <param name="Act">The log index of its proposal.</param>
/// <param name="InForceSince">When the adoption took effect.</param>
public sealed record AdoptedRulebook(
    Rulebook Book,
    DateOnly AppliesFrom,
    long Act,
    Instant InForceSince
);
