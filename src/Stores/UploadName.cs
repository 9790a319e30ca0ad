using System.Globalization;
using Concord.Ledger;

namespace Concord.Stores;

/// <summary>
/// What a file that comes in parts is found by: who alone may file it, and its digest. A digest is
/// public when its act is, and by it alone somebody else would file the same and read it.
/// </summary>
/// <param name="Owner">The index of the party.</param>
/// <param name="Digest">The digest that the file will have.</param>
public readonly record struct UploadName(long Owner, Digest Digest)
{
    /// <summary>The name with the length, as files are named.</summary>
    internal string With(long length) =>
        string.Create(CultureInfo.InvariantCulture, $"{Owner}.{Digest.ToHex()}.{length}");

    /// <summary>Reads what <see cref="With"/> writes.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, out UploadName name, out long length)
    {
        (name, length) = (default, 0);
        var words = text.ToString().Split('.');
        if (
            words.Length != 3
            || !TryCount(words[0], out var owner)
            || !Digest.TryParseHex(words[1], out var digest)
            || !TryCount(words[2], out length)
        )
        {
            return false;
        }

        name = new(owner, digest);
        return true;
    }

    private static bool TryCount(string text, out long count) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
