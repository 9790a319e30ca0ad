namespace Concord.Authority.Web.Tables;

/// <summary>What a question finds.</summary>
/// <param name="Lines">The lines, in the order of the question.</param>
/// <param name="IsNear">
/// Whether nothing is called what was searched for, and these are only near it.
/// </param>
public sealed record RegisterFound(IReadOnlyList<RegisterLine> Lines, bool IsNear);
