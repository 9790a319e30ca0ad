using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// Finds the undetermined leaves that bear on an answer. What is decided stays decided whatever the
/// unknown turns out to be, so that nothing under it bears on the answer: but for a claim, which
/// counts as no until it is shown.
/// </summary>
internal sealed class OpenLeaves(Rulebook book, ConditionJudge judge)
{
    private readonly List<(Condition.Leaf Leaf, bool IsClaim)> _found = [];
    private readonly HashSet<(string, bool, bool)> _defined = [];

    /// <summary>
    /// The leaves, each question once: first what is open, then what may be claimed.
    /// </summary>
    public IReadOnlyList<(Condition.Leaf Leaf, bool IsClaim)> Of(IEnumerable<Condition> conditions)
    {
        foreach (var condition in conditions)
        {
            Collect(condition, isClaim: false, bears: true);
        }

        return
        [
            .. _found
                .OrderBy(one => one.IsClaim)
                .DistinctBy(one => one.Leaf.Key, StringComparer.Ordinal),
        ];
    }

    private void Collect(Condition condition, bool isClaim, bool bears)
    {
        bears &= judge.Judge(condition) is Answer.Undetermined;
        switch (condition)
        {
            case Condition.All all:
                Each(all.Parts, isClaim, bears);
                break;
            case Condition.Any any:
                Each(any.Parts, isClaim, bears);
                break;
            case Condition.Not not:
                Collect(not.Part, isClaim, bears);
                break;
            case Condition.Shown shown:
                Collect(shown.Part, isClaim: true, bears: true);
                break;
            case Condition.UnlessShown unless:
                Collect(unless.Part, isClaim: true, bears: true);
                break;
            case Condition.Presumed presumed:
                Collect(presumed.Part, isClaim, bears);
                break;
            case Condition.Defined name when _defined.Add((name.Id, isClaim, bears)):
                Collect(book.Definitions[name.Id].Condition, isClaim, bears);
                break;
            case Condition.Leaf leaf when bears:
                _found.Add((leaf, isClaim));
                break;
            default:
                break;
        }
    }

    private void Each(IReadOnlyList<Condition> parts, bool isClaim, bool bears)
    {
        foreach (var part in parts)
        {
            Collect(part, isClaim, bears);
        }
    }
}
