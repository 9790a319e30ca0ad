using System.Buffers.Text;
using Concord.Ledger;
using Concord.Rooms.Network;

namespace Concord.Authority.Foundation;

/// <summary>A public key as <c>authority.json</c> has it: a JSON Web Key (RFC 7517).</summary>
/// <param name="Kty">Always <c>EC</c>.</param>
/// <param name="Crv">Always <c>P-256</c>.</param>
/// <param name="X">The x coordinate, base64url.</param>
/// <param name="Y">The y coordinate, base64url.</param>
public sealed record PublishedKey(string Kty, string Crv, string X, string Y)
{
    /// <summary>The size of the smallest tree whose key set names it; null: not said.</summary>
    public long? From { get; init; }

    /// <summary>The size of the smallest tree in which it signs no more; null: it signs.</summary>
    public long? Until { get; init; }

    /// <summary>
    /// The size of the smallest tree from which on what it signed is contested, because it was
    /// revoked as in other hands since then; null: nothing is.
    /// </summary>
    public long? ContestedFrom { get; init; }

    /// <summary>Whether the key set in force in a tree of this size names it.</summary>
    public bool IsNamedAt(long size) => !(size < From) && !(size >= Until);

    /// <summary>The text form of a key.</summary>
    public static PublishedKey Of(PublicKey key) =>
        new(
            "EC",
            "P-256",
            Base64Url.EncodeToString(key.X.Span),
            Base64Url.EncodeToString(key.Y.Span)
        );

    /// <summary>A key that key sets named, and what its revocation says.</summary>
    internal static PublishedKey Of(NamedFor named, NetworkView network, ActIndex index)
    {
        var record = network.Keys.Find(named.Key.Id);
        long? revoked = record is { RevokedAt: not null } ? record.History.Index + 1 : null;
        return Of(named.Key) with
        {
            From = named.From,
            Until = revoked < (named.Until ?? long.MaxValue) ? revoked : named.Until,
            ContestedFrom = record?.CompromisedSince is { } since ? index.SizeAt(since) : null,
        };
    }

    /// <summary>The key.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is no point of
    /// P-256.</exception>
    /// <exception cref="FormatException">A coordinate is not base64url.</exception>
    public PublicKey Read() =>
        PublicKey.Cose(Base64Url.DecodeFromChars(X), Base64Url.DecodeFromChars(Y));
}
