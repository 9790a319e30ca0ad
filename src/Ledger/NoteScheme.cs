using System.Collections.Frozen;
using NSec.Cryptography;
using NSecKey = NSec.Cryptography.PublicKey;

namespace Concord.Ledger;

/// <summary>
/// The kinds of keys that sign notes, by their type byte (C2SP signed-note). A further kind, such
/// as
/// 0x06 (ML-DSA-44), is one more row.
/// </summary>
internal sealed record NoteScheme(
    byte Type,
    int PublicKeySize,
    Func<NSecKey, string, ReadOnlySpan<byte>, bool> Verify
)
{
    /// <summary>Ed25519 over the text itself.</summary>
    public const byte Ed25519 = 0x01;

    /// <summary>A timestamped Ed25519 cosignature of a checkpoint.</summary>
    public const byte Cosignature = 0x04;

    private static readonly FrozenDictionary<byte, NoteScheme> s_byType = new NoteScheme[]
    {
        new(Ed25519, 32, VerifyEd25519),
        new(Cosignature, 32, VerifyCosignature),
    }.ToFrozenDictionary(scheme => scheme.Type);

    /// <summary>The kind with a type byte; null where it is not known here.</summary>
    public static NoteScheme? Of(byte type) => s_byType.GetValueOrDefault(type);

    private static bool VerifyEd25519(NSecKey key, string text, ReadOnlySpan<byte> signature) =>
        signature.Length == 64
        && SignatureAlgorithm.Ed25519.Verify(
            key,
            System.Text.Encoding.UTF8.GetBytes(text),
            signature
        );

    private static bool VerifyCosignature(NSecKey key, string text, ReadOnlySpan<byte> signature) =>
        Ledger.Cosignature.TryReadTime(signature, out var time)
        && SignatureAlgorithm.Ed25519.Verify(
            key,
            Ledger.Cosignature.Message(time, text),
            signature[8..]
        );
}
