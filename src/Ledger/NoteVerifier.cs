using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSecKey = NSec.Cryptography.PublicKey;

namespace Concord.Ledger;

/// <summary>
/// A public key that verifies notes, with its verifier-key text (C2SP signed-note):
/// <c>name+hex(key id)+base64(type ‖ public key)</c>.
/// </summary>
public sealed class NoteVerifier : IEquatable<NoteVerifier>
{
    private readonly NoteScheme _scheme;
    private readonly NSecKey _key;
    private readonly byte[] _publicKey;

    private NoteVerifier(string name, NoteScheme scheme, ReadOnlySpan<byte> publicKey, NSecKey key)
    {
        Name = name;
        _scheme = scheme;
        _publicKey = publicKey.ToArray();
        _key = key;
        KeyId = KeyIdOf(name, scheme.Type, publicKey);
    }

    /// <summary>The name: a log's origin, a witness's identity.</summary>
    public string Name { get; }

    /// <summary>
    /// The first four bytes of SHA-256(name ‖ LF ‖ type ‖ public key), big-endian.
    /// </summary>
    public uint KeyId { get; }

    /// <summary>The kind of key: 0x01 Ed25519, 0x04 Ed25519 cosignature with a time.</summary>
    public byte Type => _scheme.Type;

    /// <summary>Whether it is of the kind with which logs sign, and not a witness's.</summary>
    public bool IsOfLog => Type == NoteScheme.Ed25519;

    /// <summary>The public key in the format of its kind.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>A verifier out of its parts.</summary>
    /// <exception cref="ArgumentException">The name or key is not one, or the kind is
    /// unknown.</exception>
    public static NoteVerifier Create(string name, byte type, ReadOnlySpan<byte> publicKey) =>
        TryCreate(name, type, publicKey, out var verifier, out var fault)
            ? verifier
            : throw new ArgumentException(fault, nameof(publicKey));

    /// <summary>Reads a verifier key.</summary>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out NoteVerifier? verifier,
        [NotNullWhen(false)] out string? fault
    )
    {
        verifier = null;
        // The base64 part may hold further plus signs.
        var parts = text?.Split('+', 3);
        if (parts is not { Length: 3 } || parts[1].Length != 8)
        {
            fault = "A verifier key is name+keyid+key, the key id in eight hexadecimal digits.";
            return false;
        }

        if (!StrictBase64.TryDecode(parts[2], out var blob) || blob.Length < 2)
        {
            fault = "The last part of a verifier key is base64 of its type byte and public key.";
            return false;
        }

        if (!TryCreate(parts[0], blob[0], blob.AsSpan(1), out var parsed, out fault))
        {
            return false;
        }

        var keyId = parsed.KeyId.ToString("x8", CultureInfo.InvariantCulture);
        if (!string.Equals(keyId, parts[1], StringComparison.Ordinal))
        {
            fault = $"The verifier key says key id {parts[1]}; name and key give {keyId}.";
            return false;
        }

        verifier = parsed;
        return true;
    }

    /// <summary>
    /// Whether the bytes after the key id in a signature line are the key's over a text.
    /// </summary>
    public bool Verify(string text, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _scheme.Verify(_key, text, signature);
    }

    /// <summary>Whether another verifier holds the same public key, under whatever name.</summary>
    public bool HasSameKey(NoteVerifier other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _publicKey.AsSpan().SequenceEqual(other._publicKey);
    }

    /// <inheritdoc/>
    public bool Equals(NoteVerifier? other) =>
        other is not null
        && Type == other.Type
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && HasSameKey(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NoteVerifier);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)KeyId;

    /// <summary>The verifier key.</summary>
    public override string ToString() =>
        $"{Name}+{KeyId:x8}+{Convert.ToBase64String([Type, .. _publicKey])}";

    private static bool TryCreate(
        string name,
        byte type,
        ReadOnlySpan<byte> publicKey,
        [NotNullWhen(true)] out NoteVerifier? verifier,
        [NotNullWhen(false)] out string? fault
    )
    {
        verifier = null;
        if (!NoteName.IsValid(name))
        {
            fault = "The name of a key is not empty and has no space and no plus sign.";
            return false;
        }

        if (NoteScheme.Of(type) is not { } scheme)
        {
            fault = $"Keys of type 0x{type:x2} are not known here; 0x01 and 0x04 are.";
            return false;
        }

        if (
            publicKey.Length != scheme.PublicKeySize
            || !NSecKey.TryImport(
                NSec.Cryptography.SignatureAlgorithm.Ed25519,
                publicKey,
                NSec.Cryptography.KeyBlobFormat.RawPublicKey,
                out var key
            )
            || key is null
        )
        {
            fault = $"The public key is not an Ed25519 key of {scheme.PublicKeySize} bytes.";
            return false;
        }

        verifier = new(name, scheme, publicKey, key);
        fault = null;
        return true;
    }

    private static uint KeyIdOf(string name, byte type, ReadOnlySpan<byte> publicKey)
    {
        byte[] preimage = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. publicKey];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(preimage));
    }
}
