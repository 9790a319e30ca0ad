using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Concord.Ledger;

/// <summary>
/// An offline proof that an entry is in a log (C2SP tlog-proof, file name <c>.tlog-proof</c>).
/// </summary>
/// <param name="Index">The entry's index.</param>
/// <param name="Path">The audit path, the leaf's sibling first.</param>
/// <param name="CheckpointNote">The signed checkpoint, with whatever cosignatures it had.</param>
/// <param name="Extra">Data that nothing authenticates; null where there is none.</param>
public sealed record TlogProof(
    long Index,
    IReadOnlyList<Digest> Path,
    string CheckpointNote,
    ReadOnlyMemory<byte>? Extra = null
)
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const string ExtraStart = "extra ";
    private const string IndexStart = "index ";
    private const int PathLine = 45;

    /// <summary>The proof for an entry at a published checkpoint.</summary>
    public static TlogProof Of(MerkleTree tree, long index, PublishedHead head)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(head);
        return new(index, tree.InclusionProof(index, head.Checkpoint.Size), head.Note);
    }

    /// <summary>Reads a proof.</summary>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out TlogProof? proof,
        [NotNullWhen(false)] out string? fault
    )
    {
        proof = null;
        if (text is null || text.Length > SignedNote.MaxBytes)
        {
            fault = $"There is no proof, or it has more than {SignedNote.MaxBytes} bytes.";
            return false;
        }

        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = split < 0 ? [] : text[..split].Split('\n');
        if (lines.Length < 2 || !string.Equals(lines[0], FirstLine, StringComparison.Ordinal))
        {
            fault = $"A proof begins with the line {FirstLine} and an index, then a checkpoint.";
            return false;
        }

        var next = 1;
        ReadOnlyMemory<byte>? extra = null;
        if (lines[next].StartsWith(ExtraStart, StringComparison.Ordinal))
        {
            if (!StrictBase64.TryDecode(lines[next].AsSpan(ExtraStart.Length), out var bytes))
            {
                fault = "The extra line of the proof is not base64.";
                return false;
            }

            extra = bytes;
            next++;
        }

        if (
            next == lines.Length
            || !lines[next].StartsWith(IndexStart, StringComparison.Ordinal)
            || !Checkpoint.TryParseSize(lines[next][IndexStart.Length..], out var index)
        )
        {
            fault = $"Line {next + 1} of the proof is not 'index' and a number.";
            return false;
        }

        if (!TryParsePath(lines.AsSpan(next + 1), next + 2, out var path, out fault))
        {
            return false;
        }

        proof = new(index, path, text[(split + 2)..], extra);
        return true;
    }

    /// <summary>
    /// Whether the entry is in the log of the key, as the proof says; the checkpoint is given where
    /// it
    /// is.
    /// </summary>
    public bool Verify(
        ReadOnlySpan<byte> entry,
        LogKeys log,
        [NotNullWhen(true)] out Checkpoint? checkpoint,
        [NotNullWhen(false)] out string? fault
    )
    {
        if (!Checkpoint.TryOpen(CheckpointNote, log, out checkpoint, out fault))
        {
            return false;
        }

        var leaf = MerkleTree.LeafHash(entry);
        if (Proofs.VerifyInclusion(leaf, Index, checkpoint.Size, Path, checkpoint.Root))
        {
            return true;
        }

        fault =
            $"The path does not lead from this entry at index {Index} to the root of the "
            + $"checkpoint of size {checkpoint.Size}: another entry, or the proof is damaged.";
        checkpoint = null;
        return false;
    }

    /// <summary>The file.</summary>
    public override string ToString()
    {
        var head = Extra is { } extra
            ? $"{FirstLine}\n{ExtraStart}{Convert.ToBase64String(extra.Span)}\n"
            : $"{FirstLine}\n";
        head += string.Create(CultureInfo.InvariantCulture, $"{IndexStart}{Index}\n");
        var length = head.Length + (Path.Count * PathLine) + 1 + CheckpointNote.Length;
        return string.Create(
            length,
            (head, Path, CheckpointNote),
            static (text, parts) =>
            {
                parts.head.CopyTo(text);
                text = text[parts.head.Length..];
                foreach (var hash in parts.Path)
                {
                    hash.WriteBase64(text);
                    text[PathLine - 1] = '\n';
                    text = text[PathLine..];
                }

                text[0] = '\n';
                parts.CheckpointNote.CopyTo(text[1..]);
            }
        );
    }

    private static bool TryParsePath(
        ReadOnlySpan<string> lines,
        int firstLine,
        [NotNullWhen(true)] out Digest[]? path,
        [NotNullWhen(false)] out string? fault
    )
    {
        path = null;
        if (lines.Length > Proofs.MaxPath)
        {
            fault =
                $"The proof has {lines.Length} hashes; no tree needs more than {Proofs.MaxPath}.";
            return false;
        }

        var hashes = new Digest[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            if (!StrictBase64.TryDecodeDigest(lines[i], out hashes[i]))
            {
                fault = $"Line {firstLine + i} of the proof is not base64 of 32 bytes.";
                return false;
            }
        }

        path = hashes;
        fault = null;
        return true;
    }
}
