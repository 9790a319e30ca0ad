using Concord.Ledger;

namespace Concord.Acts.Network;

/// <summary>
/// Who said something by a key that was in other hands (<see cref="RevokeKey.CompromisedSince"/>)
/// stands by it: an administrator of the party, an officer of the institution whose officer signed,
/// or the authority. Wire name <c>network/confirm/1</c>.
/// </summary>
public sealed record Confirm : Act
{
    /// <summary>The entry that the key signed: of a joint act, that signature.</summary>
    public required ActId Target { get; init; }

    /// <summary>The SHA-256 of the act: what is confirmed are its words, not a number.</summary>
    public required Digest ActDigest { get; init; }

    /// <summary>The thumbprint of the key that was in other hands.</summary>
    public required KeyId Key { get; init; }

    /// <summary>How it is known that it was meant.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}
