using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>The root over one day's items as it stands in the log.</summary>
/// <param name="Day">The day.</param>
/// <param name="Count">How many items were kept.</param>
/// <param name="Root">The root over them.</param>
/// <param name="Act">The log index of the act that says so.</param>
public sealed record RootedDay(DateOnly Day, long Count, Digest Root, long Act);
