namespace Concord.Acts.Lineage;

/// <summary>What somebody who objects has to do with a match.</summary>
public enum DisputeSide
{
    /// <summary>It answers for the release that is said to be the origin.</summary>
    Parent,

    /// <summary>It answers for what is said to be made from it.</summary>
    Child,
}

/// <summary>
/// An objection to evidence, to a report of a found copy or to a fingerprint, by a party that it
/// touches. Both stay visible. Wire name <c>lineage/dispute/1</c>.
/// </summary>
public sealed record Dispute : Act
{
    /// <summary>Who objects, and signs.</summary>
    public required PartyId By { get; init; }

    /// <summary>The act that is objected to.</summary>
    public required ActId Target { get; init; }

    /// <summary>The side that it answers for.</summary>
    public required DisputeSide Side { get; init; }

    /// <summary>Why.</summary>
    [Text(8000)]
    public required string Grounds { get; init; }
}
