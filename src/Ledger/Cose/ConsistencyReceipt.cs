using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// A COSE consistency receipt (RFC 9942): proof that a log at one published checkpoint is the
/// beginning of itself at a later one.
/// </summary>
public sealed class ConsistencyReceipt
{
    private readonly ReceiptForm _form;

    private ConsistencyReceipt(ReceiptForm form) => _form = form;

    /// <summary>The receipt key, by its thumbprint.</summary>
    public KeyId Key => _form.Key;

    /// <summary>The origin of the log.</summary>
    public string Issuer => _form.Issuer;

    /// <summary>The earlier size.</summary>
    public long From => _form.First;

    /// <summary>The later size.</summary>
    public long To => _form.Second;

    /// <summary>The consistency proof.</summary>
    public IReadOnlyList<Digest> Proof => _form.Hashes;

    /// <summary>Reads a receipt, wrapped in a byte string or bare.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out ConsistencyReceipt? receipt,
        [NotNullWhen(false)] out StatementFault? fault
    )
    {
        var form = ReceiptForm.Read(bytes, CoseLabels.ConsistencyProof, out fault);
        if (form is not null && (form.First < 0 || form.First > form.Second))
        {
            fault = new("sizes", "proof", "The earlier size is above the later one.");
        }

        receipt = form is not null && fault is null ? new(form) : null;
        fault ??= receipt is null ? new("malformed-cbor", "receipt", "No receipt.") : null;
        return receipt is not null;
    }

    /// <summary>
    /// Whether the log with the later root begins with the log of the earlier one: the signature
    /// over the later root first, then the proof.
    /// </summary>
    public bool Verify(
        PublicKey key,
        Digest fromRoot,
        Digest toRoot,
        [NotNullWhen(false)] out StatementFault? fault
    )
    {
        fault = _form.CheckRoot(key, toRoot, To);
        if (fault is null && !Proofs.VerifyConsistency(From, fromRoot, To, toRoot, Proof))
        {
            fault = new(
                "inconsistent",
                "proof",
                $"The proof does not lead from the root at {From} to the root at {To}."
            );
        }

        return fault is null;
    }
}
