namespace Concord.Rooms.Rulebooks;

/// <summary>Which facts a condition or a deadline reads.</summary>
internal static class FactNames
{
    public static void Of(Rulebook book, Condition? condition, HashSet<string> names)
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
                Of(book, not.Part, names);
                break;
            case Condition.Shown shown:
                Of(book, shown.Part, names);
                break;
            case Condition.UnlessShown unless:
                Of(book, unless.Part, names);
                break;
            case Condition.Presumed presumed:
                names.Add(presumed.RebuttedBy);
                Of(book, presumed.Part, names);
                break;
            case Condition.Decided decided:
                names.Add(decided.Fact);
                break;
            case Condition.Defined defined:
                Of(book, book.Definitions[defined.Id].Condition, names);
                break;
            case Condition.Timed timed:
                Of(timed.Time, names);
                break;
            case Condition.ShareGreater share:
                names.Add(share.Fact);
                names.UnionWith(share.Whole is null ? [] : [share.Whole]);
                break;
            case Condition.Leaf leaf:
                names.Add(leaf.Fact);
                break;
            default:
                break;
        }

        void Each(IReadOnlyList<Condition> parts)
        {
            foreach (var part in parts)
            {
                Of(book, part, names);
            }
        }
    }

    public static void Of(Deadline? deadline, HashSet<string> names)
    {
        switch (deadline)
        {
            case Deadline.By by:
                Of(by.At, names);
                break;
            case Deadline.Before before:
                Of(before.Event, names);
                break;
            case Deadline.Every every:
                Of(every.From, names);
                break;
            case Deadline.FirstOf several:
                foreach (var one in several.Of)
                {
                    Of(one, names);
                }

                break;
            default:
                break;
        }
    }

    private static void Of(TimeExpression time, HashSet<string> names)
    {
        switch (time)
        {
            case TimeExpression.OfFact fact:
                names.Add(fact.Name);
                break;
            case TimeExpression.FirstOf all:
                Each(all.Of);
                break;
            case TimeExpression.LaterOf all:
                Each(all.Of);
                break;
            case TimeExpression.After after:
                Of(after.From, names);
                break;
            default:
                break;
        }

        void Each(IReadOnlyList<TimeExpression> all)
        {
            foreach (var one in all)
            {
                Of(one, names);
            }
        }
    }
}
