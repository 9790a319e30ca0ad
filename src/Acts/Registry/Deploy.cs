using Concord.Ledger;

namespace Concord.Acts.Registry;

/// <summary>
/// A deployment of a release, declared by its host; the act is sealed. Wire name
/// <c>registry/deploy/1</c>.
/// </summary>
public sealed record Deploy : Act
{
    /// <summary>16 random bytes, base64url.</summary>
    [Text(22, Least = 22, Form = TextForm.Salt)]
    public required string Salt { get; init; }

    /// <summary>The release.</summary>
    public required ReleaseId Release { get; init; }

    /// <summary>The host, who signs.</summary>
    public required PartyId Host { get; init; }

    /// <summary>The site, or else <see cref="Service"/>.</summary>
    public SiteId? Site { get; init; }

    /// <summary>The address or name of the service, or else <see cref="Site"/>.</summary>
    [Text(300)]
    public string? Service { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the place.</summary>
    [Text(2, Form = TextForm.Country)]
    public required string Country { get; init; }

    /// <summary>What it is for.</summary>
    [Text(500)]
    public required string Purpose { get; init; }

    /// <summary>The order of magnitude of its users: 3 means thousands; 0 to 10.</summary>
    [Whole(0, 10)]
    public required int UsersMagnitude { get; init; }

    /// <summary>From which day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>To which day; absent: open.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>How a release passes on.</summary>
public enum TransferKind
{
    /// <summary>Ownership for money.</summary>
    Sale,

    /// <summary>Use for a time or purpose.</summary>
    Licence,

    /// <summary>Ownership for nothing.</summary>
    Gift,
}

/// <summary>
/// A transfer of a release, signed by the seller and then by the buyer; that it took place is
/// public, its terms are sealed. Wire name <c>registry/transfer/1</c>.
/// </summary>
public sealed record Transfer : JointAct
{
    /// <summary>The release.</summary>
    public required ReleaseId Release { get; init; }

    /// <summary>The digest of the <see cref="TransferTerms"/>.</summary>
    public required Digest SealedPart { get; init; }
}

/// <summary>The sealed part of <see cref="Transfer"/>.</summary>
public sealed record TransferTerms : SealedPart
{
    /// <summary>Kind.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>Where the buyer may use it; ISO 3166-1 alpha-2 codes, empty: everywhere.</summary>
    [Items(0, 249, Sorted = true)]
    [Text(2, Form = TextForm.Country)]
    public IReadOnlyList<string> Territory
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>The day from which it passes.</summary>
    public required DateOnly Effective { get; init; }
}
