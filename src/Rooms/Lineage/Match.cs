using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Lineage;

/// <summary>
/// A filed claim that weights were not trained independently: evidence on a pair, or a found copy.
/// </summary>
public sealed record Match
{
    /// <summary>The act.</summary>
    public required ActId Id { get; init; }

    /// <summary>The act itself: <see cref="EvidenceAct"/> or <see cref="FoundCopy"/>.</summary>
    public required Act Act { get; init; }

    /// <summary>The digest of the act.</summary>
    public required Digest ActDigest { get; init; }

    /// <summary>When it was filed.</summary>
    public required Instant At { get; init; }

    /// <summary>What the register counted itself; null: it has not both small forms.</summary>
    public CountedFigure? Counted { get; init; }

    /// <summary>Where a copy was found; null: not of a found copy, or not known here.</summary>
    public FoundPlace? Place { get; init; }

    /// <summary>The act that made the place public; null: it is sealed.</summary>
    public ActId? RevealedBy { get; init; }

    /// <summary>The act that withdrew or voided it; null: it stands.</summary>
    public ActId? EndedBy { get; init; }

    /// <summary>Who filed it.</summary>
    public PartyId By => Act is FoundCopy found ? found.By : ((EvidenceAct)Act).By;

    /// <summary>The side that is thought to have come first.</summary>
    public EvidenceSide Parent =>
        Act is FoundCopy found ? new() { Release = found.Release } : ((EvidenceAct)Act).Parent;

    /// <summary>The other side where it is a release.</summary>
    public ReleaseId? Child => Act is EvidenceAct evidence ? evidence.Child.Release : null;

    /// <summary>The digests of the other side: of files, and of the weights.</summary>
    public IEnumerable<Digest> ChildDigests =>
        Act switch
        {
            FoundCopy found => found.Weights is { } weights
                ? found.Files.Append(weights)
                : found.Files,
            EvidenceAct { Child: var child } => DigestsOf(child),
            _ => [],
        };

    /// <summary>The digests of the side that is thought to have come first.</summary>
    public IEnumerable<Digest> ParentDigests => DigestsOf(Parent);

    /// <summary>The relation that is suggested; null: none in particular.</summary>
    public Relation? Relation =>
        Act is FoundCopy found ? found.Relation : ((EvidenceAct)Act).Relation;

    /// <summary>The figure that who filed it states; null: equal digests, or none.</summary>
    public int? Stated =>
        -(Act is FoundCopy found ? found.MinusLog10P : ((EvidenceAct)Act).MinusLog10P);

    /// <summary>Whether it was recognised by an equal digest.</summary>
    public bool IsExact => Act is FoundCopy { Evidence: not CopyEvidence.Fingerprint };

    private static IEnumerable<Digest> DigestsOf(EvidenceSide side) =>
        new[] { side.File, side.Weights }.OfType<Digest>();
}
