using System.Buffers.Text;
using Concord.Ledger;

namespace Concord.Authority.Foundation;

/// <summary>A public key as <c>authority.json</c> has it: a JSON Web Key (RFC 7517).</summary>
/// <param name="Kty">Always <c>EC</c>.</param>
/// <param name="Crv">Always <c>P-256</c>.</param>
/// <param name="X">The x coordinate, base64url.</param>
/// <param name="Y">The y coordinate, base64url.</param>
public sealed record PublishedKey(string Kty, string Crv, string X, string Y)
{
    /// <summary>The text form of a key.</summary>
    public static PublishedKey Of(PublicKey key) =>
        new(
            "EC",
            "P-256",
            Base64Url.EncodeToString(key.X.Span),
            Base64Url.EncodeToString(key.Y.Span)
        );

    /// <summary>The key.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is no point of
    /// P-256.</exception>
    /// <exception cref="FormatException">A coordinate is not base64url.</exception>
    public PublicKey Read() =>
        PublicKey.Cose(Base64Url.DecodeFromChars(X), Base64Url.DecodeFromChars(Y));
}
