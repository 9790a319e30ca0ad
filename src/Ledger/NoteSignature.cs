using System.Buffers.Binary;

namespace Concord.Ledger;

/// <summary>A signature line of a note (C2SP signed-note), not yet verified.</summary>
/// <param name="Name">The name of the signing key.</param>
/// <param name="KeyId">The four bytes that tell keys of one name apart, as a big-endian
/// number.</param>
/// <param name="Signature">What follows the key id: the signature in the key's own format.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The line, without a line feed.</summary>
    public override string ToString()
    {
        var blob = new byte[4 + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(blob, KeyId);
        Signature.CopyTo(blob.AsMemory(4));
        return $"{SignedNote.LineStart}{Name} {Convert.ToBase64String(blob)}";
    }
}
