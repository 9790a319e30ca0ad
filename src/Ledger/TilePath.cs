using System.Globalization;
using System.Text;

namespace Concord.Ledger;

/// <summary>
/// The name of a hash tile or entry bundle (C2SP tlog-tiles): <c>tile/L/N</c> with <c>.p/W</c>
/// where
/// it is partial, <c>entries</c> in the place of L for a bundle.
/// </summary>
/// <param name="Level">The level, 0 to 63, or <see cref="Entries"/> for an entry bundle.</param>
/// <param name="Index">The index within the level.</param>
/// <param name="Width">The number of hashes or entries, 1 to 256.</param>
public readonly record struct TilePath(int Level, long Index, int Width)
{
    /// <summary>The level that stands for entry bundles.</summary>
    public const int Entries = -1;

    /// <summary>The number of hashes in a full tile and of entries in a full bundle.</summary>
    public const int FullWidth = 256;

    private const string Prefix = "tile/";
    private const int MaxLength = 64;

    /// <summary>Whether it has all 256.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>The full tile or bundle at the same place.</summary>
    public TilePath Full => this with { Width = FullWidth };

    /// <summary>The folder that holds the partial ones of this place, with a final slash.</summary>
    public string PartialFolder => $"{Full}.p/";

    /// <summary>Reads exactly what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out TilePath path)
    {
        path = default;
        if (
            text is null
            || text.Length > MaxLength
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
        )
        {
            return false;
        }

        var rest = text.AsSpan(Prefix.Length);
        var slash = rest.IndexOf('/');
        if (slash < 0 || !TryParseLevel(rest[..slash], out var level))
        {
            return false;
        }

        rest = rest[(slash + 1)..];
        var width = FullWidth;
        var partial = rest.IndexOf(".p/", StringComparison.Ordinal);
        if (partial >= 0)
        {
            if (!TryParseNumber(rest[(partial + 3)..], FullWidth - 1, out width) || width == 0)
            {
                return false;
            }

            rest = rest[..partial];
        }

        if (!TryParseIndex(rest, out var index))
        {
            return false;
        }

        path = new(level, index, width);
        return string.Equals(path.ToString(), text, StringComparison.Ordinal);
    }

    /// <summary>
    /// The tiles and bundles that a tree of a size consists of: all full ones and the partial ones
    /// at
    /// its edge, bundles first, then level by level.
    /// </summary>
    public static IEnumerable<TilePath> Of(long size) => New(0, size);

    /// <summary>
    /// Of the tiles and bundles of a size, those that a smaller size did not have.
    /// </summary>
    public static IEnumerable<TilePath> New(long from, long to)
    {
        foreach (var bundle in NewAt(Entries, from, to))
        {
            yield return bundle;
        }

        for (var level = 0; to > 0; level++, from >>= 8, to >>= 8)
        {
            foreach (var tile in NewAt(level, from, to))
            {
                yield return tile;
            }
        }
    }

    /// <summary>The path below the log's prefix.</summary>
    public override string ToString()
    {
        var level = Level == Entries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder(Prefix).Append(level).Append('/');
        var groups = new Stack<long>();
        var rest = Index;
        do
        {
            groups.Push(rest % 1000);
            rest /= 1000;
        } while (rest > 0);

        while (groups.TryPop(out var group))
        {
            text.Append(groups.Count > 0 ? "x" : "")
                .Append(group.ToString("D3", CultureInfo.InvariantCulture))
                .Append(groups.Count > 0 ? "/" : "");
        }

        return IsFull
            ? text.ToString()
            : text.Append(".p/").Append(Width.ToString(CultureInfo.InvariantCulture)).ToString();
    }

    private static IEnumerable<TilePath> NewAt(int level, long from, long to)
    {
        if (from == to)
        {
            yield break;
        }

        for (var index = from / FullWidth; index < to / FullWidth; index++)
        {
            yield return new(level, index, FullWidth);
        }

        if (to % FullWidth != 0)
        {
            yield return new(level, to / FullWidth, (int)(to % FullWidth));
        }
    }

    private static bool TryParseLevel(ReadOnlySpan<char> text, out int level)
    {
        level = Entries;
        return text.SequenceEqual("entries") || TryParseNumber(text, 63, out level);
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number <= max;

    private static bool TryParseIndex(ReadOnlySpan<char> text, out long index)
    {
        index = 0;
        foreach (var range in text.Split('/'))
        {
            var group = text[range];
            var digits = group.StartsWith("x", StringComparison.Ordinal) ? group[1..] : group;
            if (
                digits.Length != 3
                || !TryParseNumber(digits, 999, out var part)
                || index > (long.MaxValue >> 10) / 1000
            )
            {
                return false;
            }

            index = (index * 1000) + part;
        }

        return true;
    }
}
