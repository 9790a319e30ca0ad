using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Concord.Ledger;

/// <summary>
/// A request to a witness (C2SP tlog-witness <c>add-checkpoint</c>): a checkpoint, and the proof
/// that it contains the tree that the witness cosigned last.
/// </summary>
/// <param name="OldSize">The size that the witness is thought to have cosigned last.</param>
/// <param name="Proof">The consistency proof from the old size.</param>
/// <param name="Note">The signed checkpoint.</param>
/// <param name="Checkpoint">What the note says.</param>
public sealed record AddCheckpoint(
    long OldSize,
    IReadOnlyList<Digest> Proof,
    SignedNote Note,
    Checkpoint Checkpoint
)
{
    /// <summary>
    /// The largest body that is read, in bytes: twenty times what a proof of 63 lines and a dozen
    /// signatures take.
    /// </summary>
    public const int MaxBytes = 128 << 10;

    private const string OldStart = "old ";

    /// <summary>Reads the body of a request.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> body,
        [NotNullWhen(true)] out AddCheckpoint? request,
        [NotNullWhen(false)] out string? fault
    )
    {
        request = null;
        if (body.Length > MaxBytes)
        {
            fault = $"The body has more than {MaxBytes} bytes.";
            return false;
        }

        var split = body.IndexOf("\n\n"u8);
        if (split < 0)
        {
            fault = "The body has no empty line between the proof and the checkpoint.";
            return false;
        }

        // One character per octet: what is not ASCII is neither a size nor base64.
        var lines = Encoding.Latin1.GetString(body[..split]).Split('\n');
        if (
            !lines[0].StartsWith(OldStart, StringComparison.Ordinal)
            || !Checkpoint.TryParseSize(lines[0][OldStart.Length..], out var oldSize)
        )
        {
            fault = "The first line is not 'old' and a size without leading zeros.";
            return false;
        }

        if (
            !TryParseProof(lines.AsSpan(1), out var proof, out fault)
            || !SignedNote.TryParse(body[(split + 2)..], out var note, out fault)
            || !Checkpoint.TryParse(note.Text, out var checkpoint, out fault)
        )
        {
            return false;
        }

        if (oldSize > checkpoint.Size)
        {
            fault = $"The old size {oldSize} is larger than that of the checkpoint.";
            return false;
        }

        request = new(oldSize, proof, note, checkpoint);
        return true;
    }

    /// <summary>The body.</summary>
    public override string ToString()
    {
        var body = new StringBuilder();
        body.Append(System.Globalization.CultureInfo.InvariantCulture, $"{OldStart}{OldSize}\n");
        foreach (var hash in Proof)
        {
            body.Append(hash.ToBase64()).Append('\n');
        }

        return body.Append('\n').Append(Note).ToString();
    }

    private static bool TryParseProof(
        ReadOnlySpan<string> lines,
        [NotNullWhen(true)] out Digest[]? proof,
        [NotNullWhen(false)] out string? fault
    )
    {
        proof = null;
        if (lines.Length > Proofs.MaxPath)
        {
            fault = $"The proof has more than {Proofs.MaxPath} lines.";
            return false;
        }

        var hashes = new Digest[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            if (!StrictBase64.TryDecodeDigest(lines[i], out hashes[i]))
            {
                fault = $"Line {i + 1} of the proof is not base64 of 32 bytes.";
                return false;
            }
        }

        proof = hashes;
        fault = null;
        return true;
    }
}
