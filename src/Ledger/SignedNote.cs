using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Concord.Ledger;

/// <summary>
/// A text with signature lines below it (C2SP signed-note). A parsed note says nothing until
/// <see cref="TryVerify"/> has found a known key's signature.
/// </summary>
/// <param name="Text">The signed text, which ends in a line feed.</param>
/// <param name="Signatures">The signature lines in their order.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The largest note that is read, in bytes.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>The most signature lines that are read.</summary>
    public const int MaxSignatures = 100;

    internal const string LineStart = "\u2014 ";

    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a note from UTF-8.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out SignedNote? note,
        [NotNullWhen(false)] out string? fault
    )
    {
        note = null;
        if (utf8.Length > MaxBytes)
        {
            fault = $"The note has {utf8.Length} bytes; at most {MaxBytes} are read.";
            return false;
        }

        try
        {
            return TryParse(s_utf8.GetString(utf8), out note, out fault);
        }
        catch (DecoderFallbackException)
        {
            fault = "The note is not valid UTF-8.";
            return false;
        }
    }

    /// <summary>Reads a note.</summary>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out SignedNote? note,
        [NotNullWhen(false)] out string? fault
    )
    {
        note = null;
        if (text is null || text.Length > MaxBytes)
        {
            fault = $"There is no note, or it has more than {MaxBytes} bytes.";
            return false;
        }

        if (FindUnsafeCharacter(text) is { } unsafeAt)
        {
            fault = $"Character {unsafeAt} of the note is a control character or half a pair.";
            return false;
        }

        var split = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == text.Length || text[^1] != '\n')
        {
            fault =
                "A note is a text, an empty line and signature lines, each ending in a line feed.";
            return false;
        }

        var lines = text[(split + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures)
        {
            fault =
                $"The note has {lines.Length} signature lines; at most {MaxSignatures} are read.";
            return false;
        }

        var signatures = new NoteSignature[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            if (!TryParseLine(lines[i], out signatures[i]!))
            {
                fault = $"Signature line {i + 1} is not '\u2014 name base64'.";
                return false;
            }
        }

        note = new(text[..(split + 1)], signatures);
        fault = null;
        return true;
    }

    /// <summary>Reads one signature line, without its line feed.</summary>
    public static bool TryParseLine(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        ArgumentNullException.ThrowIfNull(line);
        signature = null;
        if (!line.StartsWith(LineStart, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = line.AsSpan(LineStart.Length);
        var space = rest.IndexOf(' ');
        if (
            space < 0
            || !NoteName.IsValid(rest[..space])
            || !StrictBase64.TryDecode(rest[(space + 1)..], out var blob)
            || blob.Length < 5
        )
        {
            return false;
        }

        signature = new(
            rest[..space].ToString(),
            BinaryPrimitives.ReadUInt32BigEndian(blob),
            blob.AsMemory(4)
        );
        return true;
    }

    /// <summary>
    /// Which of the known keys signed. Lines of unknown keys are passed over; a line that names a
    /// known key and does not verify spoils the whole note, and so does the absence of any line
    /// that
    /// verifies.
    /// </summary>
    /// <param name="known">The keys that are trusted.</param>
    /// <param name="verified">The keys that signed, in the order of the first line of each.</param>
    /// <param name="fault">What is wrong with the note.</param>
    public bool TryVerify(
        IReadOnlyCollection<NoteVerifier> known,
        out IReadOnlyList<NoteVerifier> verified,
        [NotNullWhen(false)] out string? fault
    )
    {
        ArgumentNullException.ThrowIfNull(known);
        var found = new List<NoteVerifier>();
        verified = found;
        foreach (var line in Signatures)
        {
            var key = known.FirstOrDefault(k =>
                k.KeyId == line.KeyId && string.Equals(k.Name, line.Name, StringComparison.Ordinal)
            );
            if (key is null)
            {
                continue;
            }

            if (!key.Verify(Text, line.Signature.Span))
            {
                verified = [];
                fault = $"The signature of {line.Name} ({line.KeyId:x8}) does not verify.";
                return false;
            }

            if (!found.Contains(key))
            {
                found.Add(key);
            }
        }

        fault = found.Count == 0 ? "No known key has signed the note." : null;
        return found.Count > 0;
    }

    /// <summary>The whole note.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            note.Append(signature).Append('\n');
        }

        return note.ToString();
    }

    private static int? FindUnsafeCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x20 && text[i] != '\n')
            {
                return i;
            }

            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return i;
                }

                i++;
            }
        }

        return null;
    }
}
