using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// Finds the datum that would settle an undetermined answer: every undetermined leaf is forced to
/// yes and to no, alone and then in pairs.
/// </summary>
internal static class Settler
{
    private const int MostLeaves = 12;
    private const int MostShown = 4;

    /// <param name="root">The answer when leaves are forced.</param>
    /// <param name="leaves">Undetermined leaves that bear on it, each key once.</param>
    /// <param name="nameOf">The fact's name as a sheet would have it.</param>
    public static IReadOnlyList<Settling> Find(
        Func<IReadOnlyDictionary<string, Answer>, Answer> root,
        IReadOnlyList<Condition.Leaf> leaves,
        Func<string, string> nameOf
    )
    {
        var tried = leaves.Take(MostLeaves).ToList();
        var single = new List<Settling>();
        foreach (var leaf in tried)
        {
            var so = root(Force((leaf, Answer.Yes)));
            var not = root(Force((leaf, Answer.No)));
            if (so is not Answer.Undetermined || not is not Answer.Undetermined)
            {
                single.Add(Single(leaf, so, not, nameOf));
            }
        }

        return single.Count > 0 ? Best(single) : Best(Pairs(root, tried, nameOf));
    }

    /// <summary>The undetermined leaves of a condition, each question once.</summary>
    public static IReadOnlyList<Condition.Leaf> Leaves(
        Rulebook book,
        ConditionJudge judge,
        IEnumerable<Condition> conditions
    )
    {
        var found = new List<Condition.Leaf>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var defined = new HashSet<string>(StringComparer.Ordinal);
        foreach (var condition in conditions)
        {
            Collect(condition);
        }

        return found;

        void Collect(Condition condition)
        {
            switch (condition)
            {
                case Condition.All all:
                    Each(all.Parts);
                    break;
                case Condition.Any any:
                    Each(any.Parts);
                    break;
                case Condition.Not not:
                    Collect(not.Part);
                    break;
                case Condition.Shown shown:
                    Collect(shown.Part);
                    break;
                case Condition.UnlessShown unless:
                    Collect(unless.Part);
                    break;
                case Condition.Presumed presumed:
                    Collect(presumed.Part);
                    break;
                case Condition.Defined name when defined.Add(name.Id):
                    Collect(book.Definitions[name.Id].Condition);
                    break;
                case Condition.Leaf leaf
                    when judge.JudgeLeaf(leaf) is Answer.Undetermined && keys.Add(leaf.Key):
                    found.Add(leaf);
                    break;
                default:
                    break;
            }
        }

        void Each(IReadOnlyList<Condition> parts)
        {
            foreach (var part in parts)
            {
                Collect(part);
            }
        }
    }

    private static Settling Single(
        Condition.Leaf leaf,
        Answer so,
        Answer not,
        Func<string, string> nameOf
    )
    {
        var fact = nameOf(leaf.Fact);
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
            leaf is Condition.ShareGreater { Whole: { } whole } ? [fact, nameOf(whole)] : [fact],
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

    private static List<Settling> Pairs(
        Func<IReadOnlyDictionary<string, Answer>, Answer> root,
        List<Condition.Leaf> leaves,
        Func<string, string> nameOf
    )
    {
        var found = new List<Settling>();
        for (var i = 0; i < leaves.Count; i++)
        {
            for (var j = i + 1; j < leaves.Count; j++)
            {
                var (a, b) = (leaves[i], leaves[j]);
                var settled = 0;
                foreach (var (x, y) in s_pairs)
                {
                    settled += root(Force((a, x), (b, y))) is Answer.Undetermined ? 0 : 1;
                }

                if (settled > 0)
                {
                    found.Add(
                        new(
                            [nameOf(a.Fact), nameOf(b.Fact)],
                            settled == s_pairs.Length,
                            "Both together: "
                                + $"{a.Says ?? Explanations.Say(a)} "
                                + $"{b.Says ?? Explanations.Say(b)}"
                        )
                    );
                }
            }
        }

        return found;
    }

    private static readonly (Answer, Answer)[] s_pairs =
    [
        (Answer.Yes, Answer.Yes),
        (Answer.Yes, Answer.No),
        (Answer.No, Answer.Yes),
        (Answer.No, Answer.No),
    ];

    private static List<Settling> Best(List<Settling> found) =>
        [.. found.OrderByDescending(s => s.Decides).Take(MostShown)];

    private static Dictionary<string, Answer> Force(
        params ReadOnlySpan<(Condition.Leaf Leaf, Answer Answer)> forced
    )
    {
        var map = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var (leaf, answer) in forced)
        {
            map[leaf.Key] = answer;
        }

        return map;
    }

    private static string Say(Answer answer) => Explanations.Word(answer);
}
