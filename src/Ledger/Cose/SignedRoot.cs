namespace Concord.Ledger;

/// <summary>The root of a published checkpoint with the one signature of its receipts.</summary>
public sealed class SignedRoot
{
    private readonly byte[] _header;
    private readonly byte[] _signature;

    internal SignedRoot(long size, Digest root, byte[] header, byte[] signature)
    {
        Size = size;
        Root = root;
        _header = header;
        _signature = signature;
    }

    /// <summary>The tree size.</summary>
    public long Size { get; }

    /// <summary>The root.</summary>
    public Digest Root { get; }

    /// <summary>The signature over the root, r ‖ s, for whoever keeps it.</summary>
    public ReadOnlyMemory<byte> Signature => _signature;

    /// <summary>The receipt for an entry; nothing is signed.</summary>
    /// <param name="index">The entry's index.</param>
    /// <param name="path">The inclusion path at <see cref="Size"/>, the leaf's sibling
    /// first.</param>
    public byte[] Receipt(long index, IReadOnlyList<Digest> path)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return Write(CoseLabels.InclusionProof, Size, index, path);
    }

    /// <summary>
    /// The receipt that the tree of an earlier size is the beginning of this one.
    /// </summary>
    /// <param name="from">The earlier size, at least 1 and below <see cref="Size"/>.</param>
    /// <param name="proof">The consistency proof.</param>
    public byte[] Consistency(long from, IReadOnlyList<Digest> proof)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, Size);
        return Write(CoseLabels.ConsistencyProof, from, Size, proof);
    }

    private byte[] Write(long kind, long first, long second, IReadOnlyList<Digest> hashes)
    {
        // Written once into a buffer of just its size: every answer to a filing carries one.
        var proofBytes =
            1
            + CborOutput.HeadBytes((ulong)first)
            + CborOutput.HeadBytes((ulong)second)
            + CborOutput.HeadBytes((ulong)hashes.Count)
            + (hashes.Count * (2 + Digest.Size));
        var receipt = new CborOutput(BytesAround(proofBytes) + proofBytes)
            .Head(CborCursor.Tag, 18)
            .Array(4)
            .Bytes(_header)
            .Map(1)
            .Integer(CoseLabels.VerifiableDataProof)
            .Map(1)
            .Integer(kind)
            .Array(1)
            .Head(CborCursor.ByteString, (ulong)proofBytes)
            .Array(3)
            .Integer(first)
            .Integer(second)
            .Array(hashes.Count);
        foreach (var hash in hashes)
        {
            receipt.Digest(hash);
        }

        return receipt.Head(CborCursor.Simple, 22).Bytes(_signature).ToArray();
    }

    // Tag, array, both maps, their keys and the array of proofs are ten bytes with the nil payload.
    private int BytesAround(int proofBytes) =>
        10
        + CborOutput.HeadBytes((ulong)_header.Length)
        + _header.Length
        + CborOutput.HeadBytes((ulong)proofBytes)
        + CborOutput.HeadBytes((ulong)_signature.Length)
        + _signature.Length;
}
