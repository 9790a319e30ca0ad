using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts.Network;

/// <summary>What somebody does at the authority who is no officer.</summary>
public enum StaffRole
{
    /// <summary>
    /// Admits parties, turns applications down, asks questions; reads what is sealed.
    /// </summary>
    Clerk,

    /// <summary>
    /// Audits the authority: reads what is sealed, who read it, and the applications.
    /// </summary>
    Auditor,

    /// <summary>Reads what is sealed; files nothing.</summary>
    Reader,
}

/// <summary>
/// An officer gives somebody of its own institution a role at the authority, until a moment.
/// <c>network/revoke-key</c> ends it before. Wire name <c>network/appoint/1</c>.
/// </summary>
public sealed record Appoint : Act
{
    /// <summary>The institution, whose officer signs.</summary>
    [Text(64, Form = TextForm.Slug)]
    public required string Institution { get; init; }

    /// <summary>A function within the institution and not a person's name.</summary>
    [Text(64, Form = TextForm.Slug)]
    public required string Name { get; init; }

    /// <summary>What the key may do.</summary>
    public required StaffRole Role { get; init; }

    /// <summary>The public key.</summary>
    public required PublicKey Key { get; init; }

    /// <summary>Until when; at most a year ahead.</summary>
    public required Instant Until { get; init; }
}
