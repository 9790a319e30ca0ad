using Concord.Ledger;

namespace Concord.Authority.Admission;

/// <summary>The root at which answers are given, and its published checkpoint.</summary>
/// <param name="Root">The signed root.</param>
/// <param name="Note">The published checkpoint, a signed note.</param>
internal sealed record AnsweredAt(SignedRoot Root, string Note);
