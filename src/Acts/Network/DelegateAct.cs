using Concord.Measures;

namespace Concord.Acts.Network;

/// <summary>
/// A party lets another file acts of some types in its name, until a moment. The next delegation to
/// the same party takes the place of this one; one that names no acts ends it. Persons are named in
/// attachments, if anywhere. Wire name <c>network/delegate/1</c>.
/// </summary>
public sealed record DelegateAct : Act
{
    /// <summary>The party for which the other acts; its administrator signs.</summary>
    public required PartyId Party { get; init; }

    /// <summary>The party that may act for it, by any of its keys that file.</summary>
    public required PartyId To { get; init; }

    /// <summary>
    /// The wire names, without version, of what it may file; none: nothing any more.
    /// </summary>
    [Items(0, 32, Sorted = true)]
    [Text(80)]
    public required IReadOnlyList<string> Acts { get; init; }

    /// <summary>Until when; at most two years ahead.</summary>
    public required Instant Until { get; init; }

    /// <summary>
    /// What can be delegated: what a party files, without what says who speaks for it and what
    /// nothing takes back.
    /// </summary>
    public static IReadOnlyList<string> Delegable { get; } =
    [
        "network/appeal",
        "network/site",
        "registry/amend",
        "registry/answer",
        "registry/correct",
        "registry/deploy",
        "registry/derive",
        "registry/register-model",
        "registry/release",
        "registry/report-model",
        "registry/transfer",
        "registry/withdraw",
    ];
}
