using System.Text.Json;

namespace Concord.Rooms.Rulebooks;

/// <summary>Reads moments and deadlines.</summary>
internal sealed class TimeReader(List<RulebookFault> faults)
{
    private const int MostUnits = 10_000;

    /// <summary>Calendars and zones that were named, with the path of the naming.</summary>
    public List<(string Kind, string Key, string Path)> Used { get; } = [];

    /// <summary>A fact's name, or an object.</summary>
    public TimeExpression Read(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            var name = element.GetString() ?? "";
            if (Vocabulary.Find(name) is not { Kind: FactKind.Moment })
            {
                faults.Add(new(path, $"'{name}' is not a moment of the vocabulary"));
            }

            return new TimeExpression.OfFact(name);
        }

        var time = new JsonMembers(element, path, faults);
        TimeExpression read = new TimeExpression.Fixed(default);
        if (time.Has("date"))
        {
            var text = time.Text("date");
            if (!Moment.TryParse(text, out var at))
            {
                time.Fault("date", "must be a day or an instant");
            }

            read = new TimeExpression.Fixed(at);
        }
        else if (time.Has("first_of"))
        {
            read = new TimeExpression.FirstOf(Several(time, "first_of", Read));
        }
        else if (time.Has("later_of"))
        {
            read = new TimeExpression.LaterOf(Several(time, "later_of", Read));
        }
        else if (time.Has("n"))
        {
            read = After(time);
        }
        else
        {
            time.Fault("", "must have one of date, first_of, later_of, n");
        }

        time.End();
        return read;
    }

    public Deadline ReadDeadline(JsonElement element, string path)
    {
        var clock = new JsonMembers(element, path, faults);
        Deadline read;
        if (clock.Has("before"))
        {
            read = new Deadline.Before(Time(clock, "before"), clock.Text("says"));
        }
        else if (clock.Has("every"))
        {
            read = new Deadline.Every(
                clock.Whole("every", 1, MostUnits),
                Unit(clock),
                Time(clock, "from")
            );
        }
        else if (clock.Has("open"))
        {
            read = new Deadline.Open(clock.Text("open"));
        }
        else if (clock.Has("continuous"))
        {
            read = new Deadline.Continuous(clock.Text("continuous"));
        }
        else if (clock.Has("first_due"))
        {
            read = new Deadline.FirstOf(Several(clock, "first_due", ReadDeadline));
        }
        else
        {
            return new Deadline.By(Read(element, path));
        }

        clock.End();
        return read;
    }

    private TimeExpression.After After(JsonMembers time)
    {
        var calendar = time.OptionalText("calendar");
        var zone = time.OptionalText("zone");
        if (calendar is not null)
        {
            Used.Add(("calendar", calendar, time.At("calendar")));
        }

        if (zone is not null)
        {
            Used.Add(("zone", zone, time.At("zone")));
        }

        var unit = Unit(time);
        if (unit == PeriodUnit.WorkingDay && calendar is null)
        {
            time.Fault("calendar", "is missing: working days need a calendar");
        }

        bool? roll = time.Has("roll")
            ? time.Word("roll", ("none", false), ("next_working_day", true))
            : null;
        if (roll is true && calendar is null)
        {
            time.Fault("calendar", "is missing: rolling needs a calendar");
        }

        return new(time.Whole("n", 1, MostUnits), unit, Time(time, "from"), calendar, zone, roll);
    }

    private TimeExpression Time(JsonMembers owner, string name) =>
        owner.Required(name) is { } e ? Read(e, owner.At(name)) : new TimeExpression.Fixed(default);

    private static IReadOnlyList<T> Several<T>(
        JsonMembers owner,
        string name,
        Func<JsonElement, string, T> read
    )
        where T : class
    {
        var list = owner.List(name, read);
        if (list.Count < 2)
        {
            owner.Fault(name, "must list at least two");
        }

        return list;
    }

    private static PeriodUnit Unit(JsonMembers owner) =>
        owner.Word(
            "unit",
            ("hour", PeriodUnit.Hour),
            ("day", PeriodUnit.Day),
            ("working_day", PeriodUnit.WorkingDay),
            ("week", PeriodUnit.Week),
            ("month", PeriodUnit.Month),
            ("year", PeriodUnit.Year)
        );
}
