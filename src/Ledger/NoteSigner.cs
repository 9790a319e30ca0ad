using System.Buffers.Binary;
using System.Text;
using NSec.Cryptography;

namespace Concord.Ledger;

/// <summary>
/// A private Ed25519 key that signs notes under a name, as a log or as a witness.
/// </summary>
public sealed class NoteSigner : IDisposable
{
    private readonly Key _key;

    private NoteSigner(string name, byte type, Key key)
    {
        _key = key;
        Verifier = NoteVerifier.Create(
            name,
            type,
            key.PublicKey.Export(KeyBlobFormat.RawPublicKey)
        );
    }

    /// <summary>The public half.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>The name it signs under; a log's is its origin.</summary>
    public string Name => Verifier.Name;

    /// <summary>A new key of a log.</summary>
    public static NoteSigner Generate(string name) => new(name, NoteScheme.Ed25519, NewKey());

    /// <summary>
    /// A new key of a witness; a witness key has one name and is never a log's key.
    /// </summary>
    public static NoteSigner GenerateWitness(string name) =>
        new(name, NoteScheme.Cosignature, NewKey());

    /// <summary>The key of a log out of its 32-byte seed (RFC 8032).</summary>
    /// <exception cref="FormatException">The seed is not 32 bytes long.</exception>
    public static NoteSigner FromSeed(string name, ReadOnlySpan<byte> seed) =>
        new(name, NoteScheme.Ed25519, Import(seed, KeyBlobFormat.RawPrivateKey));

    /// <summary>The key of a witness out of its 32-byte seed (RFC 8032).</summary>
    /// <exception cref="FormatException">The seed is not 32 bytes long.</exception>
    public static NoteSigner WitnessFromSeed(string name, ReadOnlySpan<byte> seed) =>
        new(name, NoteScheme.Cosignature, Import(seed, KeyBlobFormat.RawPrivateKey));

    /// <summary>The key of a log out of PKCS #8 in PEM.</summary>
    /// <exception cref="FormatException">The text is not an Ed25519 private key in PEM.</exception>
    public static NoteSigner FromPem(string name, string pem) =>
        new(
            name,
            NoteScheme.Ed25519,
            Import(Encoding.ASCII.GetBytes(pem), KeyBlobFormat.PkixPrivateKeyText)
        );

    /// <summary>The key of a witness out of PKCS #8 in PEM.</summary>
    /// <exception cref="FormatException">The text is not an Ed25519 private key in PEM.</exception>
    public static NoteSigner WitnessFromPem(string name, string pem) =>
        new(
            name,
            NoteScheme.Cosignature,
            Import(Encoding.ASCII.GetBytes(pem), KeyBlobFormat.PkixPrivateKeyText)
        );

    /// <summary>
    /// The private key as PKCS #8 in PEM, to be kept where only its holder reads.
    /// </summary>
    public string ExportPem() =>
        Encoding.ASCII.GetString(_key.Export(KeyBlobFormat.PkixPrivateKeyText));

    /// <summary>Signs a text as it stands.</summary>
    /// <exception cref="InvalidOperationException">The key is a witness's.</exception>
    public NoteSignature Sign(string text)
    {
        if (Verifier.Type != NoteScheme.Ed25519)
        {
            throw new InvalidOperationException("A witness's key signs cosignatures only.");
        }

        var signature = SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(text));
        return new(Name, Verifier.KeyId, signature);
    }

    /// <summary>
    /// Cosigns the text of a checkpoint: as of the time it is the largest consistent tree of its
    /// origin that the witness has seen.
    /// </summary>
    /// <param name="text">The checkpoint's text, without signature lines.</param>
    /// <param name="time">POSIX seconds, greater than 0.</param>
    /// <exception cref="InvalidOperationException">The key is a log's.</exception>
    public NoteSignature Cosign(string text, long time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(time);
        if (Verifier.Type != NoteScheme.Cosignature)
        {
            throw new InvalidOperationException("A log's key signs notes, not cosignatures.");
        }

        var blob = new byte[Cosignature.Size];
        BinaryPrimitives.WriteInt64BigEndian(blob, time);
        SignatureAlgorithm.Ed25519.Sign(_key, Cosignature.Message(time, text), blob.AsSpan(8));
        return new(Name, Verifier.KeyId, blob);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static Key NewKey() =>
        Key.Create(
            SignatureAlgorithm.Ed25519,
            new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }
        );

    private static Key Import(ReadOnlySpan<byte> blob, KeyBlobFormat format) =>
        Key.Import(
            SignatureAlgorithm.Ed25519,
            blob,
            format,
            new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }
        );
}
