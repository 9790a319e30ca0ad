using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts.Network;

/// <summary>What a party is admitted to do.</summary>
public enum PartyRole
{
    /// <summary>Makes models or derivatives.</summary>
    Developer,

    /// <summary>Sells or passes on models.</summary>
    Seller,

    /// <summary>Hosts copies or serves models.</summary>
    Host,

    /// <summary>Operates data centres.</summary>
    Datacentre,

    /// <summary>Audits others.</summary>
    Auditor,

    /// <summary>A research institute; may report models from public sources.</summary>
    Institute,

    /// <summary>The authority of another state.</summary>
    Authority,
}

/// <summary>What a key or person may do for its party.</summary>
public enum KeyRole
{
    /// <summary>Adds and revokes keys, grants roles; files.</summary>
    Administrator,

    /// <summary>Files acts.</summary>
    Filer,

    /// <summary>Reads what is the party's; files nothing.</summary>
    Reader,
}

/// <summary>
/// Admission of an organisation as a party, signed by the authority. Wire name
/// <c>network/admit-party/1</c>.
/// </summary>
public sealed record AdmitParty : Act
{
    /// <summary>The organisation's legal name.</summary>
    [Text(200)]
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of its seat.</summary>
    [Text(2, Form = TextForm.Country)]
    public required string Country { get; init; }

    /// <summary>Legal Entity Identifier (ISO 17442), with valid check digits.</summary>
    [Text(20, Least = 20, Form = TextForm.Lei)]
    public string? Lei { get; init; }

    /// <summary>Research Organization Registry id, with valid check digits.</summary>
    [Text(9, Least = 9, Form = TextForm.Ror)]
    public string? Ror { get; init; }

    /// <summary>What it is admitted to do; at least one.</summary>
    [Items(1, 7, Sorted = true)]
    public required IReadOnlyList<PartyRole> Roles { get; init; }

    /// <summary>Its first keys, at least one of an administrator.</summary>
    [Items(1, 32)]
    public required IReadOnlyList<PartyKey> Keys { get; init; }
}

/// <summary>A key of a party at its admission.</summary>
public sealed record PartyKey
{
    /// <summary>The public key.</summary>
    public required PublicKey Key { get; init; }

    /// <summary>Who holds it, a function and not a person's name.</summary>
    [Text(120)]
    public required string Holder { get; init; }

    /// <summary>What it may do for the party.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>Until when it may sign; absent: until revoked.</summary>
    public Instant? Expires { get; init; }
}

/// <summary>
/// A further key of a party, signed by the party's administrator, or by the key itself with the
/// code of an invitation. Wire name <c>network/add-key/1</c>.
/// </summary>
public sealed record AddKey : Act
{
    /// <summary>The party.</summary>
    public required PartyId Party { get; init; }

    /// <summary>The key.</summary>
    public required PartyKey Key { get; init; }

    /// <summary>
    /// The invitation by which the key adds itself; absent: the party's administrator signs.
    /// </summary>
    public InvitationProof? Invitation { get; init; }
}

/// <summary>
/// A new administrator's key for a party that has lost all of its own, signed by officers of k
/// institutions. It speaks when the objection period is over; until then any administrator's key of
/// the party that is not lost after all ends it by <c>network/revoke-key</c>. Wire name
/// <c>network/recover-keys/1</c>.
/// </summary>
public sealed record RecoverKeys : JointAct
{
    /// <summary>The party.</summary>
    public required PartyId Party { get; init; }

    /// <summary>The new key, an administrator's.</summary>
    public required PartyKey Key { get; init; }

    /// <summary>How it is known that the party asks for it.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}

/// <summary>
/// The end of a key, signed by the party's administrator, or for an officer's key by another
/// officer
/// of its institution or a root. Wire name <c>network/revoke-key/1</c>.
/// </summary>
public sealed record RevokeKey : Act
{
    /// <summary>The thumbprint of the key.</summary>
    public required KeyId Key { get; init; }

    /// <summary>Why.</summary>
    [Text(1000)]
    public required string Reason { get; init; }

    /// <summary>Acts signed by the key since then are contested.</summary>
    public Instant? CompromisedSince { get; init; }
}

/// <summary>
/// Another role for a key of the party, signed by its administrator. Wire name
/// <c>network/grant-role/1</c>.
/// </summary>
public sealed record GrantRole : Act
{
    /// <summary>The party.</summary>
    public required PartyId Party { get; init; }

    /// <summary>The thumbprint of the key.</summary>
    public required KeyId Key { get; init; }

    /// <summary>What it may do from now on.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>Until when; then the key may do nothing. Absent: until changed.</summary>
    public Instant? Until { get; init; }
}

/// <summary>
/// A data centre or other premises, declared by its operator; the address is sealed. Wire name
/// <c>network/site/1</c>.
/// </summary>
public sealed record Site : Act
{
    /// <summary>The operator, who signs.</summary>
    public required PartyId Operator { get; init; }

    /// <summary>What it is called.</summary>
    [Text(200)]
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    [Text(2, Form = TextForm.Country)]
    public required string Country { get; init; }

    /// <summary>A coarse region, at most as fine as ISO 3166-2.</summary>
    [Text(6, Form = TextForm.Region)]
    public string? Region { get; init; }

    /// <summary>The digest of the <see cref="SiteAddress"/>.</summary>
    public required Digest SealedPart { get; init; }
}

/// <summary>The sealed part of <see cref="Site"/>.</summary>
public sealed record SiteAddress : SealedPart
{
    /// <summary>The postal address.</summary>
    [Text(500)]
    public required string Address { get; init; }
}
