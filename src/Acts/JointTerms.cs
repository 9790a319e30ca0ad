using Concord.Ledger;

namespace Concord.Acts;

/// <summary>Which signers a joint act counts.</summary>
public enum JointKind
{
    /// <summary>Roots named in the genesis act.</summary>
    Roots,

    /// <summary>Officers of distinct institutions of the key set.</summary>
    Institutions,

    /// <summary>Distinct officers, persons of the authority, of whatever institution.</summary>
    Officers,

    /// <summary>The named parties, in the order in which they are named.</summary>
    Parties,
}

/// <summary>The terms of a joint act: kind, number and the key set in force.</summary>
public sealed record JointTerms
{
    /// <summary>Which signers count.</summary>
    public required JointKind Kind { get; init; }

    /// <summary>The number of distinct signers with which the act takes effect, 1 to 31.</summary>
    [Whole(1, 31)]
    public required int K { get; init; }

    /// <summary>The epoch of the key set by which signers are judged; 0 in genesis alone.</summary>
    [Whole(0, 1_000_000)]
    public required int Epoch { get; init; }

    /// <summary>The parties, in order, for <see cref="JointKind.Parties"/>; else absent.</summary>
    [Items(2, 8, Distinct = true)]
    public IReadOnlyList<PartyId>? Parties { get; init; }
}

/// <summary>A file that hangs on an act.</summary>
public sealed record Attachment
{
    /// <summary>The SHA-256 of 16 random bytes followed by the file.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The media type (RFC 6838).</summary>
    [Text(127, Form = TextForm.MediaType)]
    public required string MediaType { get; init; }

    /// <summary>Who may read it.</summary>
    public required Visibility Visibility { get; init; }

    /// <summary>What it is called, at most 120 characters.</summary>
    [Text(120)]
    public required string Name { get; init; }
}

/// <summary>Who may read a document.</summary>
public enum Visibility
{
    /// <summary>Anybody.</summary>
    Public,

    /// <summary>The parties to the act and the authorities.</summary>
    Parties,

    /// <summary>The authorities alone.</summary>
    Authorities,
}
