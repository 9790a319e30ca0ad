using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// Finds the datum that would settle an undetermined answer: every open leaf is supposed to be yes
/// and to be no, alone and, where none decides alone, in pairs.
/// </summary>
internal sealed class Settler
{
    private const int MostLeaves = 32;
    private const int MostInPairs = 8;
    private const int MostPairs = 2;
    private const int MostShown = 5;

    private static readonly (Answer, Answer)[] s_pairs =
    [
        (Answer.Yes, Answer.Yes),
        (Answer.Yes, Answer.No),
        (Answer.No, Answer.Yes),
        (Answer.No, Answer.No),
    ];

    private readonly Rulebook _book;
    private readonly FactLookup _facts;
    private readonly TimeJudge _times;
    private readonly IReadOnlyList<Condition> _parts;
    private readonly IReadOnlyList<(Condition.Leaf Leaf, bool IsClaim)> _leaves;

    public Settler(
        Rulebook book,
        FactLookup facts,
        TimeJudge times,
        ConditionJudge judge,
        IReadOnlyList<Condition> parts
    )
    {
        _book = book;
        _facts = facts;
        _times = times;
        _parts = parts;
        _leaves = [.. new OpenLeaves(book, judge).Of(parts).Take(MostLeaves)];
    }

    /// <summary>
    /// Data that decide whatever they turn out to be first; then pairs that do, then what decides
    /// one way only, claims last.
    /// </summary>
    public IReadOnlyList<Settling> Find()
    {
        var single = new List<Settling>();
        foreach (var (leaf, _) in _leaves)
        {
            var so = Root(Suppose((leaf, Answer.Yes)));
            var not = Root(Suppose((leaf, Answer.No)));
            if (so is not Answer.Undetermined || not is not Answer.Undetermined)
            {
                single.Add(Single(leaf, so, not));
            }
        }

        var alone = single.Where(one => one.Decides).ToList();
        var pairs = alone.Count > 0 ? [] : Pairs();
        return
        [
            .. alone
                .Concat(pairs.Where(pair => pair.Decides).Take(MostPairs))
                .Concat(
                    single
                        .Where(one => !one.Decides)
                        .DistinctBy(one => one.Facts[0], StringComparer.Ordinal)
                )
                .Concat(single.Count > 0 ? [] : pairs.Where(pair => !pair.Decides))
                .Take(MostShown),
        ];
    }

    private Answer Root(Supposition supposed)
    {
        var judge = new ConditionJudge(
            _book,
            _facts.Supposing(supposed.Facts),
            _times,
            supposed.Leaves
        );
        return _parts.Aggregate(Answer.Yes, (answer, part) => answer.And(judge.Judge(part)));
    }

    private Supposition Suppose(params ReadOnlySpan<(Condition.Leaf Leaf, Answer Answer)> supposed)
    {
        var all = new Supposition();
        foreach (var (leaf, answer) in supposed)
        {
            all.With(leaf, answer, _facts, SameFigure(leaf.Fact));
        }

        return all;
    }

    /// <summary>
    /// The names under which conditions read the same statement: one figure serves several counting
    /// profiles when its source names none.
    /// </summary>
    private List<string> SameFigure(string fact)
    {
        var read = _facts.Read(fact).Read;
        return
        [
            .. _leaves
                .Select(one => one.Leaf.Fact)
                .Append(fact)
                .Distinct(StringComparer.Ordinal)
                .Where(name =>
                    string.Equals(name, fact, StringComparison.Ordinal)
                    || IsSameFigure(_facts.Read(name).Read, read, name, fact)
                ),
        ];
    }

    private static bool IsSameFigure(
        IReadOnlyList<Stated> one,
        IReadOnlyList<Stated> other,
        string name,
        string fact
    ) =>
        one.Count == 0 && other.Count == 0
            ? IsFigureOf(name, fact)
            : one.Count == other.Count
                && one.Zip(other).All(pair => pair.First == pair.Second)
                && Vocabulary.Find(name)?.Kind == Vocabulary.Find(fact)?.Kind;

    // Nobody states a figure: one that is stated without a profile would serve them all.
    private static bool IsFigureOf(string name, string fact) =>
        Vocabulary.Find(name) is { Parameter: "profile" } row && row == Vocabulary.Find(fact);

    private Settling Single(Condition.Leaf leaf, Answer so, Answer not)
    {
        var fact = _facts.NameOf(leaf.Fact);
        var words = leaf switch
        {
            Condition.Compare { Is: Condition.Comparison.Gt } c =>
                $"{At(c, "At or below")} it is {Say(not)}, above it {Say(so)}.",
            Condition.Compare { Is: Condition.Comparison.Ge } c =>
                $"{At(c, "Below")} it is {Say(not)}, from it on {Say(so)}.",
            Condition.Compare { Is: Condition.Comparison.Lt } c =>
                $"{At(c, "Below")} it is {Say(so)}, from it on {Say(not)}.",
            Condition.Compare c => $"{At(c, "At or below")} it is {Say(so)}, above it {Say(not)}.",
            _ => $"If so, {Say(so)}; if not, {Say(not)}.",
        };
        return new(
            leaf is Condition.ShareGreater { Whole: { } whole }
                ? [fact, _facts.NameOf(whole)]
                : [fact],
            so is not Answer.Undetermined && not is not Answer.Undetermined,
            $"{leaf.Says ?? Explanations.Say(leaf)} {words}"
        )
        {
            IfSo = so,
            IfNot = not,
        };

        string At(Condition.Compare compare, string side) =>
            $"{side} {Explanations.Number(compare.Threshold)}";
    }

    private List<Settling> Pairs()
    {
        var leaves = _leaves.Where(one => !one.IsClaim).Take(MostInPairs).ToList();
        leaves = leaves.Count > 1 ? leaves : [.. _leaves.Take(MostInPairs)];
        var found = new List<Settling>();
        for (var i = 0; i < leaves.Count; i++)
        {
            for (var j = i + 1; j < leaves.Count; j++)
            {
                if (Pair(leaves[i].Leaf, leaves[j].Leaf) is { } pair)
                {
                    found.Add(pair);
                }
            }
        }

        return found;
    }

    private Settling? Pair(Condition.Leaf a, Condition.Leaf b)
    {
        if (SameFigure(a.Fact).Contains(b.Fact, StringComparer.Ordinal))
        {
            return null;
        }

        var settled = 0;
        foreach (var (x, y) in s_pairs)
        {
            settled += Root(Suppose((a, x), (b, y))) is Answer.Undetermined ? 0 : 1;
        }

        return settled == 0
            ? null
            : new(
                [_facts.NameOf(a.Fact), _facts.NameOf(b.Fact)],
                settled == s_pairs.Length,
                $"Both together: {a.Says ?? Explanations.Say(a)} {b.Says ?? Explanations.Say(b)}"
            );
    }

    private static string Say(Answer answer) => Explanations.Word(answer);
}
