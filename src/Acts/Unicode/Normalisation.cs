using System.Globalization;
using System.Text;

namespace Concord.Acts;

/// <summary>
/// Unicode Normalization Form C (UAX #15), over the tables in <c>normalisation.txt</c>: with
/// invariant globalization the runtime has none and calls every text normalised.
/// </summary>
internal static class Normalisation
{
    // Below it every character is composed, a starter, and composes with nothing before it.
    private const char FirstOfInterest = '\u0300';

    private const int MarksMax = 30;

    // Hangul syllables are computed (The Unicode Standard §3.12).
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    private static readonly Dictionary<int, int> s_classes = [];
    private static readonly Dictionary<int, int[]> s_decompositions = [];
    private static readonly Dictionary<(int First, int Second), int> s_compositions = [];

    static Normalisation()
    {
        foreach (var line in Table().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ');
            if (parts[0] is "c")
            {
                for (var c = Hex(parts[1]); c <= Hex(parts[2]); c++)
                {
                    s_classes.Add(c, int.Parse(parts[3], CultureInfo.InvariantCulture));
                }
            }
            else if (parts[0] is "d")
            {
                int[] to = [.. parts[2..].Where(part => part is not "!").Select(Hex)];
                s_decompositions.Add(Hex(parts[1]), to);
                if (parts[^1] is not "!" && to.Length == 2)
                {
                    s_compositions.Add((to[0], to[1]), Hex(parts[1]));
                }
            }
        }
    }

    /// <summary>Whether a well-formed text is in Normalization Form C.</summary>
    public static bool IsComposed(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstOfInterest - 1)))
        {
            return true;
        }

        List<int> given = [.. text.EnumerateRunes().Select(rune => rune.Value)];
        return IsStreamSafe(given) && given.SequenceEqual(Compose(Decompose(given)));
    }

    /// <summary>The text in Normalization Form C.</summary>
    public static string Composed(string text)
    {
        var composed = new StringBuilder(text.Length);
        foreach (var c in Compose(Decompose(text.EnumerateRunes().Select(rune => rune.Value))))
        {
            composed.Append(new Rune(c).ToString());
        }

        return composed.ToString();
    }

    /// <summary>No text of any language has more marks on one letter (UAX #15 §13).</summary>
    private static bool IsStreamSafe(List<int> given)
    {
        var marks = 0;
        foreach (var c in given)
        {
            marks = ClassOf(c) == 0 ? 0 : marks + 1;
            if (marks > MarksMax)
            {
                return false;
            }
        }

        return true;
    }

    private static List<int> Decompose(IEnumerable<int> given)
    {
        var all = new List<int>();
        foreach (var c in given)
        {
            Decompose(c, all);
        }

        // Canonical order: marks between two starters ascend by class, stably.
        for (var i = 1; i < all.Count; i++)
        {
            var classOf = ClassOf(all[i]);
            for (var j = i; classOf > 0 && j > 0 && ClassOf(all[j - 1]) > classOf; j--)
            {
                (all[j], all[j - 1]) = (all[j - 1], all[j]);
            }
        }

        return all;
    }

    private static void Decompose(int c, List<int> to)
    {
        var syllable = c - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            to.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            to.Add(VowelBase + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount != 0)
            {
                to.Add(TailBase + (syllable % TailCount));
            }
        }
        else if (s_decompositions.TryGetValue(c, out var parts))
        {
            foreach (var part in parts)
            {
                Decompose(part, to);
            }
        }
        else
        {
            to.Add(c);
        }
    }

    private static List<int> Compose(List<int> decomposed)
    {
        var composed = new List<int>(decomposed.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var c in decomposed)
        {
            var classOf = ClassOf(c);
            var isNext = starter >= 0 && composed.Count == starter + 1;
            if (
                starter >= 0
                && (isNext || lastClass < classOf)
                && TryPair(composed[starter], c, out var pair)
            )
            {
                composed[starter] = pair;
                continue;
            }

            lastClass = classOf;
            if (classOf == 0)
            {
                starter = composed.Count;
            }

            composed.Add(c);
        }

        return composed;
    }

    private static bool TryPair(int first, int second, out int pair)
    {
        var (lead, vowel) = (first - LeadBase, second - VowelBase);
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            pair = SyllableBase + (((lead * VowelCount) + vowel) * TailCount);
            return true;
        }

        var (syllable, tail) = (first - SyllableBase, second - TailBase);
        if (
            syllable is >= 0 and < SyllableCount
            && syllable % TailCount == 0
            && tail is > 0 and < TailCount
        )
        {
            pair = first + tail;
            return true;
        }

        return s_compositions.TryGetValue((first, second), out pair);
    }

    private static int ClassOf(int c) => s_classes.GetValueOrDefault(c);

    private static int Hex(string text) =>
        int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Table()
    {
        using var stream =
            typeof(Normalisation).Assembly.GetManifestResourceStream("normalisation.txt")
            ?? throw new InvalidOperationException("The tables of Unicode are missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
