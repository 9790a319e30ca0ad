using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Concord.Ledger;

/// <summary>
/// The head of a log (C2SP tlog-checkpoint): which log, how many entries, which root.
/// </summary>
/// <param name="Origin">The log's name, equal to the name of its key.</param>
/// <param name="Size">The number of entries.</param>
/// <param name="Root">The root of the tree over them.</param>
/// <param name="Extension">Further lines, each ending in a line feed; normally none.</param>
public sealed record Checkpoint(string Origin, long Size, Digest Root, string Extension = "")
{
    /// <summary>The text that is signed.</summary>
    public string Text =>
        $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Root.ToBase64()}\n{Extension}";

    /// <summary>Reads the text of a checkpoint, without its signatures.</summary>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out Checkpoint? checkpoint,
        [NotNullWhen(false)] out string? fault
    )
    {
        checkpoint = null;
        var lines = text?.Split('\n');
        if (lines is not { Length: >= 4 } || lines[^1].Length != 0)
        {
            fault = "A checkpoint has the lines origin, size and root, each ending in a line feed.";
            return false;
        }

        if (lines[0].Length == 0)
        {
            fault = "Line 1 of the checkpoint, the origin, is empty.";
            return false;
        }

        if (!TryParseSize(lines[1], out var size))
        {
            fault = "Line 2 of the checkpoint is not a size: digits without a leading zero.";
            return false;
        }

        if (!StrictBase64.TryDecodeDigest(lines[2], out var root))
        {
            fault = "Line 3 of the checkpoint is not a root: base64 of 32 bytes.";
            return false;
        }

        var extension = lines[3..^1];
        if (extension.Any(line => line.Length == 0))
        {
            fault = "An extension line of the checkpoint is empty.";
            return false;
        }

        checkpoint = new(lines[0], size, root, string.Concat(extension.Select(l => l + "\n")));
        fault = null;
        return true;
    }

    /// <summary>
    /// Reads a checkpoint that a log has signed: the note holds a valid signature of a key that may
    /// sign its size, and the origin is the keys' name.
    /// </summary>
    public static bool TryOpen(
        string? note,
        LogKeys log,
        [NotNullWhen(true)] out Checkpoint? checkpoint,
        [NotNullWhen(false)] out string? fault
    )
    {
        ArgumentNullException.ThrowIfNull(log);
        checkpoint = null;
        if (
            !SignedNote.TryParse(note, out var signed, out fault)
            || !signed.TryVerify(log.Verifiers, out var verified, out fault)
            || !TryParse(signed.Text, out var parsed, out fault)
        )
        {
            return false;
        }

        if (!string.Equals(parsed.Origin, log.Origin, StringComparison.Ordinal))
        {
            fault = $"The checkpoint is of {parsed.Origin}, its key is of {log.Origin}.";
            return false;
        }

        if (!verified.Any(key => log.Signs(key, parsed.Size)))
        {
            fault =
                $"The key {verified[0].KeyId:x8} is not one that signs trees of the size "
                + $"{parsed.Size}: another key set is in force in them.";
            return false;
        }

        checkpoint = parsed;
        return true;
    }

    /// <summary>The note with the log's signatures, one by each key.</summary>
    public SignedNote Sign(params IReadOnlyList<NoteSigner> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var text = Text;
        return new(text, [.. log.Select(key => key.Sign(text))]);
    }

    internal static bool TryParseSize(string text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size)
        && string.Equals(
            size.ToString(CultureInfo.InvariantCulture),
            text,
            StringComparison.Ordinal
        );
}
