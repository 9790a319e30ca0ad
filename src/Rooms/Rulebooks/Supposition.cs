using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// What would be known if a leaf were answered. A figure that is above one line is above every
/// lower one, so that a leaf answered answers its neighbours.
/// </summary>
internal sealed class Supposition
{
    private readonly Dictionary<string, Answer> _leaves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Known> _facts = new(StringComparer.Ordinal);

    /// <summary>Leaves answered outright, by key.</summary>
    public IReadOnlyDictionary<string, Answer> Leaves => _leaves;

    /// <summary>Facts narrowed, by name.</summary>
    public IReadOnlyDictionary<string, Known> Facts => _facts;

    /// <summary>Supposes that a leaf has an answer.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="answer">Yes or no.</param>
    /// <param name="facts">What is known.</param>
    /// <param name="same">The names under which the same figure is read.</param>
    public Supposition With(
        Condition.Leaf leaf,
        Answer answer,
        FactLookup facts,
        IReadOnlyList<string> same
    )
    {
        _leaves[leaf.Key] = answer;
        if (Narrowed(leaf, answer is Answer.Yes, facts.Read(leaf.Fact).Value) is { } known)
        {
            foreach (var name in same)
            {
                _facts[name] = known;
            }
        }

        return this;
    }

    private static Known? Narrowed(Condition.Leaf leaf, bool holds, Known? now) =>
        leaf switch
        {
            Condition.Compare compare => Number(compare, holds, now),
            Condition.IsTrue truth => Known.Of(truth.Value == holds),
            Condition.OneOf word => Word(word, holds, now),
            Condition.Contains words => Words(words, holds, now),
            _ => null,
        };

    private static Known? Number(Condition.Compare compare, bool holds, Known? now)
    {
        var range = now is Known.Number number ? number.Range : NumberRange.Unknown;
        var isAbove = (compare.Is is Condition.Comparison.Gt or Condition.Comparison.Ge) == holds;
        // Gt and Le part at T | T + 1, Ge and Lt at T − 1 | T.
        var least = compare.Is is Condition.Comparison.Gt or Condition.Comparison.Le
            ? compare.Threshold + UInt128.One
            : compare.Threshold;
        return isAbove ? Known.Of(new NumberRange(least, range.High))
            : least == UInt128.Zero ? null
            : Known.Of(new NumberRange(range.Low, least - UInt128.One));
    }

    private static Known? Word(Condition.OneOf word, bool holds, Known? now)
    {
        var possible = now is Known.Word { IsUnknown: false } known
            ? known.Possible
            : Vocabulary.Find(word.Fact)?.Words ?? [];
        var left = possible
            .Where(one => word.Words.Contains(one, StringComparer.Ordinal) == holds)
            .ToList();
        return left.Count == 0 ? null : new Known.Word(left);
    }

    private static Known.Words? Words(Condition.Contains contains, bool holds, Known? now)
    {
        var known = now as Known.Words ?? new Known.Words([], null);
        if (holds)
        {
            return new([.. known.Certain, contains.Word], known.Possible);
        }

        var possible = known.Possible ?? Vocabulary.Find(contains.Fact)?.Words;
        return possible is null
            ? null
            : new(
                known.Certain,
                [
                    .. possible.Where(one =>
                        !string.Equals(one, contains.Word, StringComparison.Ordinal)
                    ),
                ]
            );
    }
}
