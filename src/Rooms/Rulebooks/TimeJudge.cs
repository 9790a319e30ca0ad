using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>Computes legal time: moments, periods, deadlines, out of facts and calendars.</summary>
internal sealed class TimeJudge(
    Rulebook book,
    FactLookup facts,
    IReadOnlyList<OutageRecord> outages
)
{
    public TimeValue Value(TimeExpression time) =>
        time switch
        {
            TimeExpression.Fixed fixedTime => TimeValue.Of(fixedTime.At),
            TimeExpression.OfFact fact => OfFact(fact.Name),
            TimeExpression.FirstOf all => First(all.Of),
            TimeExpression.LaterOf all => Latest(all.Of),
            TimeExpression.After after => After(after),
            _ => TimeValue.Unknown("nothing says when"),
        };

    /// <summary>Whether a moment is before a limit.</summary>
    public Answer IsBefore(TimeExpression time, Moment limit)
    {
        var value = Value(time);
        var line = limit.StartIn(book.Zone);
        return value.Latest is { } latest && latest.StartIn(book.Zone) < line ? Answer.Yes
            : value.Earliest is { } earliest && earliest.StartIn(book.Zone) >= line ? Answer.No
            : Answer.Undetermined;
    }

    /// <summary>The deadline of a clock at the moment of judgement.</summary>
    public Due Deadline(Deadline? clock) =>
        clock switch
        {
            null => Due.None,
            Rulebooks.Deadline.By by => Toll(By(Value(by.At), DueKind.By, null), StartOf(by.At)),
            Rulebooks.Deadline.Before before => By(
                Value(before.Event),
                DueKind.Before,
                before.Says
            ),
            Rulebooks.Deadline.Every every => Every(every),
            Rulebooks.Deadline.Open open => new(DueKind.Open) { Says = open.Says },
            Rulebooks.Deadline.Continuous all => new(DueKind.Continuous) { Says = all.Says },
            Rulebooks.Deadline.FirstOf several => FirstDue(several.Of),
            _ => Due.None,
        };

    /// <summary>A known or unknown moment as a deadline.</summary>
    public Due By(TimeValue value, DueKind kind, string? says)
    {
        if (value.Exact is { } moment)
        {
            return new(kind)
            {
                At = moment,
                Ends = moment.IsDay
                    ? kind is DueKind.Before
                        ? book.Zone.StartOf(moment.At.Day)
                        : book.Zone.EndOf(moment.At.Day)
                    : moment.At,
                Says = says,
            };
        }

        return new(kind is DueKind.Before ? DueKind.Before : DueKind.Undetermined)
        {
            Earliest = value.Earliest,
            Latest = value.Latest,
            Says = says,
            Why = value.Why,
        };
    }

    private TimeValue OfFact(string name)
    {
        var reading = facts.Read(name);
        return reading.Value is Known.Time { IsUnknown: false } time
            ? new(
                time.Earliest,
                time.Latest,
                time.Earliest == time.Latest ? null : $"sources differ on {name}"
            )
            : TimeValue.Unknown($"nobody states {facts.NameOf(name)}");
    }

    /// <summary>
    /// The first of what is on record: an event that nobody reports has not happened.
    /// </summary>
    private TimeValue First(IReadOnlyList<TimeExpression> all)
    {
        TimeValue? first = null;
        string? why = null;
        foreach (var value in all.Select(Value))
        {
            why ??= value.Why;
            if (!value.IsUnknown && (first is null || Sort(value) < Sort(first)))
            {
                first = value;
            }
        }

        return first ?? TimeValue.Unknown(why ?? "nothing says when");
    }

    private TimeValue Latest(IReadOnlyList<TimeExpression> all)
    {
        var values = all.Select(Value).ToList();
        var earliest = values.Where(v => v.Earliest is not null).Max(v => v.Earliest);
        return values.Find(v => v.Latest is null) is { } open
            ? new(earliest, null, open.Why)
            : new(earliest, values.Max(v => v.Latest), values.Find(v => v.Why is not null)?.Why);
    }

    private Instant Sort(TimeValue value) =>
        (value.Earliest ?? value.Latest ?? default).StartIn(book.Zone);

    private TimeValue After(TimeExpression.After after)
    {
        var from = Value(after.From);
        if (from.IsUnknown)
        {
            return from;
        }

        var calendar = after.Calendar is { } key ? book.Calendars[key] : null;
        var zone = after.Zone is { } z ? book.Zones[z] : book.Zone;
        var earliest = from.Earliest is { } e ? Period.End(e, after, calendar, zone) : null;
        var latest = from.Latest is { } l ? Period.End(l, after, calendar, zone) : null;
        return new(earliest?.Earliest, latest?.Latest, from.Why ?? earliest?.Why ?? latest?.Why);
    }

    private Due Every(Deadline.Every every)
    {
        var from = Value(every.From);
        if (from.Exact is not { } start)
        {
            return new(DueKind.Recurring)
            {
                Earliest = from.Earliest,
                Latest = from.Latest,
                Every = (every.Count, every.Unit),
                Why = from.Why,
            };
        }

        var first = start.DayIn(book.Zone);
        var today = book.Zone.DayOf(facts.At);
        var (last, next) = (first, first);
        for (var n = 1; next < today || next == first; n++)
        {
            last = next;
            next = Period.Add(first, every.Count * n, every.Unit);
            if (n > 10_000)
            {
                break;
            }
        }

        var due = Recurring(next, every);
        var late = last == first ? due : TollFallen(Recurring(last, every));
        return late.Moved > TimeSpan.Zero && !late.HasPassed(facts.At) ? late : due;
    }

    private Due Recurring(DateOnly day, Deadline.Every every) =>
        new(DueKind.Recurring)
        {
            At = Moment.Of(day),
            Ends = book.Zone.EndOf(day),
            Every = (every.Count, every.Unit),
        };

    // A rhythm stays what it was; a time of it that fell into an outage comes after it.
    private Due TollFallen(Due due) =>
        outages.FirstOrDefault(one => one.From < due.Ends && due.Ends <= one.To) is { } outage
            ? Move(due, due.Ends!.Value + (outage.To - outage.From))
            : due;

    private Due Toll(Due due, Instant start) =>
        due.Ends is { } ends
            ? Move(due, outages.Aggregate(ends, (end, outage) => outage.Toll(start, end)))
            : due;

    // A time in days ends with a day.
    private Due Move(Due due, Instant end)
    {
        if (end == due.Ends)
        {
            return due;
        }

        var day = book.Zone.DayOf(end - TimeSpan.FromMilliseconds(1));
        var isDay = due.At is { IsDay: true };
        var moved = isDay ? book.Zone.EndOf(day) : end;
        return due with
        {
            At = isDay ? Moment.Of(day) : Moment.Of(end),
            Ends = moved,
            Moved = moved - due.Ends!.Value,
        };
    }

    // What has no beginning has always run.
    private Instant StartOf(TimeExpression time) =>
        time is TimeExpression.After after && Value(after.From).Earliest is { } start
            ? start.StartIn(book.Zone)
            : default;

    private Due FirstDue(IReadOnlyList<Deadline> several)
    {
        Due? first = null;
        foreach (var due in several.Select(Deadline))
        {
            if (first is null || (due.Ends is { } end && !(first.Ends <= end)))
            {
                first = due;
            }
        }

        return first ?? Due.None;
    }
}
