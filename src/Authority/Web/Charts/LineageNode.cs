namespace Concord.Authority.Web.Charts;

/// <summary>A box of a lineage drawing.</summary>
/// <param name="Name">The model or release.</param>
/// <param name="Href">Its page; null: it has none here.</param>
/// <param name="Caption">How it is related, in words, with the share of compute when known.</param>
/// <param name="Group">The relation alone, by which large families are counted.</param>
/// <param name="State">An answer or standing to show in the box; null: nothing to show.</param>
/// <param name="ByEvidence">Whether the relation rests on evidence and nobody declared it.</param>
public sealed record LineageNode(
    string Name,
    string? Href,
    string Caption,
    string Group,
    StateKind? State = null,
    bool ByEvidence = false
);
