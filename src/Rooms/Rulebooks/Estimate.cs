namespace Concord.Rooms.Rulebooks;

/// <summary>A point in an estimate whose single factor of error bears on several numbers.</summary>
/// <param name="Id">The estimate.</param>
/// <param name="Figure">The best figure of this number in it.</param>
public sealed record Estimate(string Id, UInt128 Figure);
