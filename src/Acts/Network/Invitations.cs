using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts.Network;

/// <summary>
/// An invitation: whoever holds its one-time code adds a key of their own to the party, once. The
/// act has the public key that the code makes (<see cref="InvitationCode"/>), so that nobody learns
/// the code from the log. <c>network/revoke-key</c> on the thumbprint of that key withdraws it.
/// Wire name <c>network/invite/1</c>.
/// </summary>
public sealed record Invite : Act
{
    /// <summary>The party, whose administrator signs.</summary>
    public required PartyId Party { get; init; }

    /// <summary>What the key will be allowed to do.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>Who is to hold it, a function and not a person's name.</summary>
    [Text(120)]
    public required string Holder { get; init; }

    /// <summary>The public key that the code makes, of kind <c>cose</c>.</summary>
    public required PublicKey Code { get; init; }

    /// <summary>Until when it can be accepted; at most 30 days ahead.</summary>
    public required Instant Until { get; init; }
}

/// <summary>
/// That who adds a key has the code of an invitation, without the code: it holds for this key
/// alone, so that whoever copies it can do nothing with it.
/// </summary>
public sealed record InvitationProof
{
    /// <summary>The invitation.</summary>
    public required ActId Invite { get; init; }

    /// <summary>
    /// The ES256 signature r ‖ s by the key that the code makes, for the thumbprint of the added
    /// key (specs/invitations.md); base64url.
    /// </summary>
    [Text(86, Least = 86, Form = TextForm.Bytes)]
    public required string Proof { get; init; }
}
