namespace Concord.Rooms.Rulebooks;

/// <summary>One statement of a fact.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Value">What it says.</param>
/// <param name="Source">Who says it, where.</param>
public sealed record Stated(string Fact, Known Value, FactSource Source);
