using Concord.Acts;

namespace Concord.Authority.Web.Tables;

/// <summary>
/// The words of all lines of a table, by which it answers what is misspelt. Made once for many
/// tables: of what was filed since, it knows the new lines beside the old ones.
/// </summary>
public sealed class NearWords
{
    /// <summary>As many near models as are told.</summary>
    public const int FoundMax = 20;

    private const int SinceMax = 1_000;
    private const double ForWordsMore = 0.02;

    private readonly RegisterLine[] _lines;
    private readonly Lazy<Made> _made;
    private readonly HashSet<ModelId> _changed;
    private readonly IReadOnlyList<RegisterLine> _since;

    private NearWords(
        RegisterLine[] lines,
        Lazy<Made> made,
        HashSet<ModelId> changed,
        IReadOnlyList<RegisterLine> since
    ) => (_lines, _made, _changed, _since) = (lines, made, changed, since);

    /// <summary>The words of lines, largest compute first.</summary>
    public static NearWords Of(RegisterLine[] lines) =>
        new(lines, new(() => Made.Of(lines)), [], []);

    /// <summary>The words after some lines were replaced.</summary>
    /// <param name="all">All lines, largest compute first.</param>
    /// <param name="changed">The models whose lines are no longer what they were.</param>
    /// <param name="lines">Their new lines.</param>
    public NearWords Next(
        RegisterLine[] all,
        IReadOnlySet<ModelId> changed,
        IReadOnlyList<RegisterLine> lines
    ) =>
        _changed.Count + changed.Count > SinceMax
            ? Of(all)
            : new(
                _lines,
                _made,
                [.. _changed, .. changed],
                [.. _since.Where(line => !changed.Contains(line.Id)), .. lines]
            );

    /// <summary>Makes them, where nobody has asked yet.</summary>
    public void Make() => _ = _made.Value;

    /// <summary>
    /// The lines that are near a text, nearest first: each of its words of three letters or more is
    /// alike a word of the line. A number is like no other number: lines with other numbers are
    /// told only where none has the wanted ones.
    /// </summary>
    public IReadOnlyList<RegisterLine> Find(string text)
    {
        var words = SearchWords.Of(text).Distinct(StringComparer.Ordinal).ToList();
        var letters = words
            .Where(word => !SearchWords.IsNumber(word) && word.Length >= WordDistance.Shortest)
            .ToList();
        if (letters.Count == 0 || words.Count > SearchWords.Max)
        {
            return [];
        }

        var rest = words.Except(letters, StringComparer.Ordinal).ToList();
        var numbers = rest.Where(SearchWords.IsNumber).ToList();
        var near = Ranked(_made.Value, letters, rest)
            .Where(one => !_changed.Contains(one.Line.Id))
            .Concat(_since.Count == 0 ? [] : Ranked(Made.Of([.. _since]), letters, rest))
            .ToList();
        var exact = near.Where(one => numbers.All(number => Has(one.Line, number))).ToList();
        return
        [
            .. (exact.Count > 0 ? exact : near)
                .OrderByDescending(one => one.Score)
                .ThenByDescending(one => one.Line.Compute)
                .ThenByDescending(one => one.Line.Id.Index)
                .Take(FoundMax)
                .Select(one => one.Line),
        ];
    }

    private static IEnumerable<(RegisterLine Line, double Score)> Ranked(
        Made made,
        List<string> letters,
        List<string> rest
    )
    {
        var alike = letters.ConvertAll(made.Alike);
        var asked = letters.Count + rest.Count;
        for (var i = 0; i < made.Lines.Length; i++)
        {
            if (alike.TrueForAll(one => one[i] > 0))
            {
                var more = Math.Abs(made.Counts[i] - asked) * ForWordsMore;
                var kept = rest.Count(word => Has(made.Lines[i], word)) * 0.5;
                yield return (made.Lines[i], alike.Sum(one => (double)one[i]) + kept - more);
            }
        }
    }

    private static bool Has(RegisterLine line, string word) =>
        line.Words.Contains($" {word} ", StringComparison.Ordinal);

    // Only words that may be misspelt are kept by word; what else a line has, it has itself.
    private sealed record Made(
        RegisterLine[] Lines,
        int[] Counts,
        (string Word, uint Letters, int[] Lines)[] Words
    )
    {
        public static Made Of(RegisterLine[] lines)
        {
            var byWord = new Dictionary<string, List<int>>(StringComparer.Ordinal);
            var counts = new int[lines.Length];
            for (var i = 0; i < lines.Length; i++)
            {
                foreach (
                    var word in lines[i].Words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                )
                {
                    counts[i]++;
                    if (SearchWords.IsNumber(word) || word.Length < WordDistance.Shortest)
                    {
                        continue;
                    }

                    if (!byWord.TryGetValue(word, out var places))
                    {
                        byWord.Add(word, places = []);
                    }

                    places.Add(i);
                }
            }

            return new(
                lines,
                counts,
                [
                    .. byWord.Select(one =>
                        (one.Key, WordDistance.Letters(one.Key), one.Value.ToArray())
                    ),
                ]
            );
        }

        // By line, how alike the likest of its words is.
        public float[] Alike(string wanted)
        {
            var letters = WordDistance.Letters(wanted);
            var best = new float[Lines.Length];
            foreach (var (word, has, lines) in Words)
            {
                var likeness = (float)WordDistance.Likeness(wanted, letters, word, has);
                if (likeness <= 0)
                {
                    continue;
                }

                foreach (var line in lines)
                {
                    best[line] = Math.Max(likeness, best[line]);
                }
            }

            return best;
        }
    }
}
