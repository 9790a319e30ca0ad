namespace Concord.Ledger;

/// <summary>Why bytes are not an admissible signed statement.</summary>
/// <param name="Code">A stable code, lower-case with hyphens, for example
/// <c>non-canonical-cbor</c>.</param>
/// <param name="Where">The place: a header label or the byte offset.</param>
/// <param name="Detail">What was found and what the rule asks, in a sentence.</param>
public sealed record StatementFault(string Code, string Where, string Detail);
