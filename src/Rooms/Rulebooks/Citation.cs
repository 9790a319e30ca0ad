namespace Concord.Rooms.Rulebooks;

/// <summary>A paragraph of a source.</summary>
/// <param name="Source">The key of the source in <see cref="Rulebook.Sources"/>.</param>
/// <param name="At">The paragraph as lawyers cite it, for example <c>art 52(1)</c>.</param>
public sealed record Citation(string Source, string At);
