using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// Decides conditions over one subject at one moment. With <paramref name="forced"/> it answers
/// what
/// would be so if undecided leaves were decided.
/// </summary>
internal sealed class ConditionJudge(
    Rulebook book,
    FactLookup facts,
    TimeJudge times,
    IReadOnlyDictionary<string, Answer>? forced = null
)
{
    private readonly Dictionary<string, Answer> _defined = new(StringComparer.Ordinal);

    public Answer Judge(Condition condition) =>
        condition switch
        {
            Condition.All all => JudgeAll(all.Parts),
            Condition.Any any => JudgeAny(any.Parts),
            Condition.Not not => Judge(not.Part).Not(),
            Condition.Shown shown => (Judge(shown.Part) is Answer.Yes).ToAnswer(),
            Condition.UnlessShown unless => (Judge(unless.Part) is not Answer.Yes).ToAnswer(),
            Condition.Presumed presumed => Judge(presumed.Part)
                .And(IsDecided(presumed.RebuttedBy).Not()),
            Condition.Decided decided => IsDecided(decided.Fact),
            Condition.Defined defined => JudgeDefined(defined.Id),
            Condition.InForce provision => IsInForce(provision.Provision),
            Condition.Leaf leaf => JudgeLeaf(leaf),
            _ => Answer.Undetermined,
        };

    /// <summary>
    /// Only an act of the authority counts, or the question what if there were one.
    /// </summary>
    public Answer IsDecided(string fact)
    {
        var reading = facts.Read(fact);
        return (
            reading.Value is Known.Truth { Value: Answer.Yes }
            && reading.Read.All(s => s.Source.By is Asserter.Authority or Asserter.WhatIf)
        ).ToAnswer();
    }

    /// <summary>Whether a duty, or the whole rulebook, is in force and not suspended.</summary>
    public Answer IsInForce(string provision)
    {
        var today = book.Zone.DayOf(facts.At);
        var days = book.FindDuty(provision)?.InForce ?? book.InForce;
        var suspended =
            book.SuspendedBy.Any(s => s.During.Holds(today))
            || IsDecided($"suspended[{book.Id}]") is Answer.Yes
            || IsDecided($"suspended[{book.Id}.{provision}]") is Answer.Yes;
        return (days.Holds(today) && !suspended).ToAnswer();
    }

    public Answer JudgeLeaf(Condition.Leaf leaf) =>
        forced is not null && forced.TryGetValue(leaf.Key, out var answer)
            ? answer
            : leaf switch
            {
                Condition.Compare compare => JudgeCompare(compare),
                Condition.ShareGreater share => JudgeShare(share),
                Condition.IsTrue truth => JudgeTruth(truth),
                Condition.OneOf word => JudgeWord(word),
                Condition.Contains words => JudgeContains(words),
                Condition.Band band => JudgeBand(band),
                Condition.Timed timed => JudgeTimed(timed),
                _ => Answer.Undetermined,
            };

    private Answer JudgeAll(IReadOnlyList<Condition> parts)
    {
        var answer = Answer.Yes;
        foreach (var part in parts)
        {
            answer = answer.And(Judge(part));
            if (answer is Answer.No)
            {
                break;
            }
        }

        return answer;
    }

    private Answer JudgeAny(IReadOnlyList<Condition> parts)
    {
        var answer = Answer.No;
        foreach (var part in parts)
        {
            answer = answer.Or(Judge(part));
            if (answer is Answer.Yes)
            {
                break;
            }
        }

        return answer;
    }

    private Answer JudgeDefined(string id)
    {
        if (!_defined.TryGetValue(id, out var answer))
        {
            answer = Judge(book.Definitions[id].Condition);
            _defined[id] = answer;
        }

        return answer;
    }

    private Answer JudgeCompare(Condition.Compare compare)
    {
        var range = NumberOf(compare.Fact);
        return compare.Is switch
        {
            Condition.Comparison.Gt => range.GreaterThan(compare.Threshold),
            Condition.Comparison.Ge => range.AtOrAbove(compare.Threshold),
            Condition.Comparison.Lt => range.AtOrAbove(compare.Threshold).Not(),
            _ => range.GreaterThan(compare.Threshold).Not(),
        };
    }

    private Answer JudgeShare(Condition.ShareGreater share)
    {
        var part = facts.Read(share.Fact);
        if (share.Whole is null)
        {
            return NumberOf(part)
                .ExceedsShareOf(
                    NumberRange.Exactly(share.FixedWhole),
                    share.Numerator,
                    share.Denominator
                );
        }

        var whole = facts.Read(share.Whole);
        // Two figures of one estimate err by the same factor, which cancels in their ratio.
        return
            part.Read is [{ Source.Estimate: { } a }]
            && whole.Read is [{ Source.Estimate: { } b }]
            && string.Equals(a.Id, b.Id, StringComparison.Ordinal)
            ? NumberRange
                .Exactly(a.Figure)
                .ExceedsShareOf(NumberRange.Exactly(b.Figure), share.Numerator, share.Denominator)
            : NumberOf(part).ExceedsShareOf(NumberOf(whole), share.Numerator, share.Denominator);
    }

    private Answer JudgeTruth(Condition.IsTrue truth)
    {
        var value = facts.Read(truth.Fact).Value is Known.Truth known
            ? known.Value
            : Answer.Undetermined;
        return truth.Value ? value : value.Not();
    }

    private Answer JudgeWord(Condition.OneOf word)
    {
        if (facts.Read(word.Fact).Value is not Known.Word { IsUnknown: false } known)
        {
            return Answer.Undetermined;
        }

        var inside = known.Possible.Count(w => word.Words.Contains(w, StringComparer.Ordinal));
        return inside == known.Possible.Count ? Answer.Yes
            : inside == 0 ? Answer.No
            : Answer.Undetermined;
    }

    private Answer JudgeContains(Condition.Contains contains)
    {
        if (facts.Read(contains.Fact).Value is not Known.Words words)
        {
            return Answer.Undetermined;
        }

        return words.Certain.Contains(contains.Word, StringComparer.Ordinal) ? Answer.Yes
            : words.Possible?.Contains(contains.Word, StringComparer.Ordinal) is false ? Answer.No
            : Answer.Undetermined;
    }

    private Answer JudgeBand(Condition.Band band)
    {
        var range = NumberOf(band.Fact);
        var lowest = range.Low is { } low ? band.Over.Count(limit => low > limit) : 0;
        var highest = range.High is { } high
            ? band.Over.Count(limit => high > limit)
            : band.Over.Count;
        var inside = 0;
        for (var i = lowest; i <= highest; i++)
        {
            inside += band.In.Contains(i) ? 1 : 0;
        }

        return inside == highest - lowest + 1 ? Answer.Yes
            : inside == 0 ? Answer.No
            : Answer.Undetermined;
    }

    private Answer JudgeTimed(Condition.Timed timed)
    {
        var before = times.IsBefore(timed.Time, timed.Limit);
        return timed.IsBefore ? before : before.Not();
    }

    private NumberRange NumberOf(string fact) => NumberOf(facts.Read(fact));

    private static NumberRange NumberOf(FactReading reading) =>
        reading.Value is Known.Number number ? number.Range : NumberRange.Unknown;
}
