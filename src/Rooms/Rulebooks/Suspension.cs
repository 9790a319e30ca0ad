namespace Concord.Rooms.Rulebooks;

/// <summary>A court's order or a later statute that suspends a provision.</summary>
/// <param name="What">The order or statute, in words.</param>
/// <param name="During">How long.</param>
/// <param name="Cite">Where it is written.</param>
public sealed record Suspension(string What, Days During, IReadOnlyList<Citation> Cite);
