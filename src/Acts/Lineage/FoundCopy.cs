using Concord.Acts.Registry;
using Concord.Ledger;

namespace Concord.Acts.Lineage;

/// <summary>By what a copy was recognised.</summary>
public enum CopyEvidence
{
    /// <summary>The digest of a file that the release names.</summary>
    File,

    /// <summary>The weights digest of a fingerprint of the release.</summary>
    Weights,

    /// <summary>The fingerprint, which is not that of weights trained independently.</summary>
    Fingerprint,
}

/// <summary>What kind of place something was found in.</summary>
public enum PlaceKind
{
    /// <summary>A hub of models.</summary>
    Hub,

    /// <summary>A website.</summary>
    Website,

    /// <summary>A network for sharing files.</summary>
    FileSharing,

    /// <summary>A cloud.</summary>
    Cloud,

    /// <summary>Premises.</summary>
    Premises,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>
/// A report that weights were found which are a copy of a release or made from it. Where they were
/// found is sealed. Wire name <c>lineage/found-copy/1</c>.
/// </summary>
public sealed record FoundCopy : Act
{
    /// <summary>The release that it is a copy of or was made from.</summary>
    public required ReleaseId Release { get; init; }

    /// <summary>Who found it, and signs.</summary>
    public required PartyId By { get; init; }

    /// <summary>The SHA-256 of each file that was found.</summary>
    [Items(1, 256, Distinct = true)]
    public required IReadOnlyList<Digest> Files { get; init; }

    /// <summary>The weights digest of what was found; absent: not computed.</summary>
    public Digest? Weights { get; init; }

    /// <summary>The small form of its fingerprint, base64url; absent: not taken.</summary>
    [Text(FingerprintAct.SmallMax, Form = TextForm.Bytes)]
    public string? Fingerprint { get; init; }

    /// <summary>By what it was recognised.</summary>
    public required CopyEvidence Evidence { get; init; }

    /// <summary>
    /// With a fingerprint: the probability of such agreement between strangers is at most ten to
    /// minus this, corrected for all comparisons.
    /// </summary>
    [Whole(1, 1_000_000)]
    public int? MinusLog10P { get; init; }

    /// <summary>The relation that the evidence suggests; absent: none in particular.</summary>
    public Relation? Relation { get; init; }

    /// <summary>The tool with its version.</summary>
    [Text(200)]
    public required string Tool { get; init; }

    /// <summary>The kind of place.</summary>
    public required PlaceKind Kind { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the place; absent: not known or not said.</summary>
    [Text(2, Form = TextForm.Country)]
    public string? Country { get; init; }

    /// <summary>The day on which it was found.</summary>
    public required DateOnly FoundOn { get; init; }

    /// <summary>The digest of the <see cref="FoundPlace"/>.</summary>
    public required Digest SealedPart { get; init; }
}

/// <summary>The sealed part of <see cref="FoundCopy"/>.</summary>
public sealed record FoundPlace : SealedPart
{
    /// <summary>The address, path or place.</summary>
    [Text(2000)]
    public required string Place { get; init; }

    /// <summary>What else the authority should know; absent: nothing.</summary>
    [Text(4000)]
    public string? Note { get; init; }
}
