using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// The identity of a public key: its COSE Key Thumbprint with SHA-256 (RFC 9679), the SHA-256 of
/// the
/// deterministic CBOR map {1: 2, −1: 1, −2: x, −3: y}. It is the <c>kid</c> of statements.
/// </summary>
/// <param name="Thumbprint">The 32 bytes.</param>
public readonly record struct KeyId(Digest Thumbprint)
{
    /// <summary>Reads 64 lower-case hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyId id)
    {
        var ok = Digest.TryParseHex(text, out var digest);
        id = new(digest);
        return ok;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Thumbprint.ToHex();
}
