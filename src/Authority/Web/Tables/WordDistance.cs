using System.Numerics;

namespace Concord.Authority.Web.Tables;

/// <summary>
/// How alike two folded words are: by insertions, deletions, substitutions and swaps of
/// neighbours (optimal string alignment), a bounded number of them.
/// </summary>
public static class WordDistance
{
    /// <summary>The shortest word that may be misspelt.</summary>
    public const int Shortest = 3;

    private const int Longest = 64;

    /// <summary>The letters of a word, one bit each, by which most pairs are told apart.</summary>
    public static uint Letters(ReadOnlySpan<char> word)
    {
        var letters = 0u;
        foreach (var c in word)
        {
            letters |= 1u << (c % 32);
        }

        return letters;
    }

    /// <summary>
    /// From 1 (the same) down to more than 0; 0: not near. A wanted word may be part of the
    /// other, and may end in it where two words were written as one.
    /// </summary>
    /// <param name="wanted">The word of the question.</param>
    /// <param name="letters">Its letters.</param>
    /// <param name="word">A word of the register.</param>
    /// <param name="has">Its letters.</param>
    public static double Likeness(string wanted, uint letters, string word, uint has)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(word);
        if (word.StartsWith(wanted, StringComparison.Ordinal))
        {
            return word.Length == wanted.Length ? 1 : 0.95;
        }

        if (word.Contains(wanted, StringComparison.Ordinal))
        {
            return 0.9;
        }

        // Who misspells a word knows how it begins; of three letters there is only a swap.
        var isBegun = word.Length > 0 && wanted[0] == word[0];
        var max = Math.Min(Allowed(wanted.Length), isBegun ? int.MaxValue : 1);
        if (
            Math.Abs(wanted.Length - word.Length) <= max
            && BitOperations.PopCount(letters ^ has) <= (wanted.Length == Shortest ? 0 : 2 * max)
            && Edits(wanted, word) is var edits
            && edits <= max
        )
        {
            return 1 - ((double)edits / Math.Max(wanted.Length, word.Length));
        }

        // chatgtp ends in gpt, but for a swap.
        return
            word.Length >= Shortest
            && wanted.Length >= word.Length + Shortest
            && (has & ~letters) == 0
            && IsSameOrSwapped(wanted.AsSpan(wanted.Length - word.Length), word)
            ? 0.5 * word.Length / wanted.Length
            : 0;
    }

    /// <summary>How many edits a word of a length may be away.</summary>
    public static int Allowed(int length) =>
        length switch
        {
            < Shortest => 0,
            <= 4 => 1,
            <= 8 => 2,
            _ => 3,
        };

    /// <summary>The number of edits between two words of at most 64 characters each.</summary>
    public static int Edits(ReadOnlySpan<char> from, ReadOnlySpan<char> to)
    {
        from = from[..Math.Min(from.Length, Longest)];
        to = to[..Math.Min(to.Length, Longest)];
        Span<int> before = stackalloc int[to.Length + 1];
        Span<int> last = stackalloc int[to.Length + 1];
        Span<int> row = stackalloc int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var cost = from[i - 1] == to[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            last.CopyTo(before);
            row.CopyTo(last);
        }

        return last[to.Length];
    }

    private static bool IsSameOrSwapped(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var at = a.CommonPrefixLength(b);
        return at == a.Length
            || (
                at + 1 < a.Length
                && a[at] == b[at + 1]
                && a[at + 1] == b[at]
                && a[(at + 2)..].SequenceEqual(b[(at + 2)..])
            );
    }
}
