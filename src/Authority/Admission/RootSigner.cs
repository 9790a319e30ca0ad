using System.Formats.Cbor;
using Concord.Ledger;

namespace Concord.Authority.Admission;

/// <summary>
/// Signs roots with the receipt key and writes COSE receipts (RFC 9942, RFC9162_SHA256) out of one
/// signature a root: the protected header is the same for all, and the payload is the detached
/// root.
/// </summary>
internal sealed class RootSigner
{
    private const int Es256 = -7;
    private const int VerifiableDataStructure = 395;
    private const int Rfc9162Sha256 = 1;
    private const int VerifiableDataProof = 396;
    private const int InclusionProof = -1;

    private readonly StatementSigner _key;
    private readonly byte[] _header;

    public RootSigner(StatementSigner key, string origin)
    {
        _key = key;
        var header = new CborWriter(CborConformanceMode.Canonical);
        header.WriteStartMap(4);
        header.WriteInt32(1);
        header.WriteInt32(Es256);
        header.WriteInt32(4);
        header.WriteByteString(key.PublicKey.Id.Thumbprint.ToArray());
        header.WriteInt32(15);
        header.WriteStartMap(2);
        header.WriteInt32(1);
        header.WriteTextString($"{origin}#authority");
        header.WriteInt32(2);
        header.WriteTextString("receipt");
        header.WriteEndMap();
        header.WriteInt32(VerifiableDataStructure);
        header.WriteInt32(Rfc9162Sha256);
        header.WriteEndMap();
        _header = header.Encode();
    }

    /// <summary>The signature over a root, r ‖ s.</summary>
    public byte[] Sign(Digest root)
    {
        var structure = new CborWriter(CborConformanceMode.Canonical);
        structure.WriteStartArray(4);
        structure.WriteTextString("Signature1");
        structure.WriteByteString(_header);
        structure.WriteByteString([]);
        structure.WriteByteString(root.ToArray());
        structure.WriteEndArray();
        return _key.SignDigest(Digest.Of(structure.Encode()));
    }

    /// <summary>The receipt of an entry.</summary>
    /// <param name="signature">The signature over the root.</param>
    /// <param name="size">The size of the tree.</param>
    /// <param name="index">The log index.</param>
    /// <param name="path">The inclusion path, the leaf's sibling first.</param>
    public byte[] Receipt(
        ReadOnlySpan<byte> signature,
        long size,
        long index,
        IReadOnlyList<Digest> path
    )
    {
        var proof = new CborWriter(CborConformanceMode.Canonical);
        proof.WriteStartArray(3);
        proof.WriteInt64(size);
        proof.WriteInt64(index);
        proof.WriteStartArray(path.Count);
        foreach (var digest in path)
        {
            proof.WriteByteString(digest.ToArray());
        }

        proof.WriteEndArray();
        proof.WriteEndArray();

        var receipt = new CborWriter(CborConformanceMode.Canonical);
        receipt.WriteTag((CborTag)18);
        receipt.WriteStartArray(4);
        receipt.WriteByteString(_header);
        receipt.WriteStartMap(1);
        receipt.WriteInt32(VerifiableDataProof);
        receipt.WriteStartMap(1);
        receipt.WriteInt32(InclusionProof);
        receipt.WriteStartArray(1);
        receipt.WriteByteString(proof.Encode());
        receipt.WriteEndArray();
        receipt.WriteEndMap();
        receipt.WriteEndMap();
        receipt.WriteNull();
        receipt.WriteByteString(signature);
        receipt.WriteEndArray();
        return receipt.Encode();
    }
}
