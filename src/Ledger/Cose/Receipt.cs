using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// A COSE receipt (RFC 9942): proof that an entry is in a log, as the log's receipt key says at a
/// published checkpoint (<c>specs/receipts.md</c>).
/// </summary>
public sealed class Receipt
{
    private readonly ReceiptForm _form;

    private Receipt(ReceiptForm form) => _form = form;

    /// <summary>The receipt key, by its thumbprint.</summary>
    public KeyId Key => _form.Key;

    /// <summary>The origin of the log.</summary>
    public string Issuer => _form.Issuer;

    /// <summary>The size of the tree.</summary>
    public long TreeSize => _form.First;

    /// <summary>The index of the entry.</summary>
    public long Index => _form.Second;

    /// <summary>The inclusion path, the leaf's sibling first.</summary>
    public IReadOnlyList<Digest> Path => _form.Hashes;

    /// <summary>Reads a receipt, wrapped in a byte string or bare.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Receipt? receipt,
        [NotNullWhen(false)] out StatementFault? fault
    )
    {
        var form = ReceiptForm.Read(bytes, CoseLabels.InclusionProof, out fault);
        if (form is not null && (form.Second < 0 || form.Second >= form.First))
        {
            fault = new(
                "index-outside-tree",
                "proof",
                $"The index {form.Second} is not in a tree of {form.First} entries."
            );
        }

        receipt = form is not null && fault is null ? new(form) : null;
        fault ??= receipt is null ? new("malformed-cbor", "receipt", "No receipt.") : null;
        return receipt is not null;
    }

    /// <summary>
    /// Whether the entry is in the log, as the receipt says: the path first, then the signature
    /// over
    /// the root to which it leads.
    /// </summary>
    /// <param name="key">The log's receipt key.</param>
    /// <param name="entry">The statement as logged, its unprotected header empty.</param>
    /// <param name="root">The root of the tree, to compare with a checkpoint.</param>
    /// <param name="fault">Why not.</param>
    public bool Verify(
        PublicKey key,
        ReadOnlySpan<byte> entry,
        out Digest root,
        [NotNullWhen(false)] out StatementFault? fault
    )
    {
        root = default;
        if (
            Proofs.RootFromInclusion(MerkleTree.LeafHash(entry), Index, TreeSize, Path)
            is not { } led
        )
        {
            fault = new(
                "path-length",
                "proof",
                $"The path has {Path.Count} hashes, which is not what index and size ask."
            );
            return false;
        }

        root = led;
        fault = _form.CheckRoot(key, led, TreeSize);
        return fault is null;
    }
}
