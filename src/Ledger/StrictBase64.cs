using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>Standard base64 with padding, where one value has one text.</summary>
internal static class StrictBase64
{
    /// <summary>Reads exactly what encoding the result would write.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var buffer = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(text, buffer, out var written))
        {
            return false;
        }

        var value = buffer[..written];
        if (!text.SequenceEqual(Convert.ToBase64String(value)))
        {
            return false;
        }

        bytes = value;
        return true;
    }

    /// <summary>Reads a SHA-256 value, 44 characters.</summary>
    public static bool TryDecodeDigest(ReadOnlySpan<char> text, out Digest digest)
    {
        digest = default;
        if (text.Length != 44 || !TryDecode(text, out var bytes) || bytes.Length != Digest.Size)
        {
            return false;
        }

        digest = new(bytes);
        return true;
    }
}
