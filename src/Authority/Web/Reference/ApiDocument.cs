namespace Concord.Authority.Web.Reference;

/// <summary>A document that goes to or fro.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Says">What it is; empty: its name says it.</param>
/// <param name="Members">Its members.</param>
/// <param name="Words">The words of which it is one; empty: it is no word.</param>
public sealed record ApiDocument(
    string Name,
    string Says,
    IReadOnlyList<ApiMember> Members,
    IReadOnlyList<string> Words
);
