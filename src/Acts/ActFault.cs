namespace Concord.Acts;

/// <summary>Why bytes are not an act of their type.</summary>
/// <param name="Path">The JSON path of the place, <c>$</c> being the whole act.</param>
/// <param name="Rule">A stable code, lower-case with hyphens, for example
/// <c>unknown-member</c>.</param>
/// <param name="Detail">What was found, what the rule asks, and what to do, in a sentence.</param>
public sealed record ActFault(string Path, string Rule, string Detail);
