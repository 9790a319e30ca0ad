using System.Text.Json;

namespace Concord.Rooms.Rulebooks;

/// <summary>Reads a rulebook's tables: zones, calendars, counting profiles, readings.</summary>
internal static class LegalDataReader
{
    public static LegalZone Zone(JsonElement element, string path, List<RulebookFault> faults)
    {
        var zone = new JsonMembers(element, path, faults);
        var standard = zone.Whole("minutes", -840, 840);
        SummerTime? summer = null;
        if (zone.Element("summer") is { } e)
        {
            var time = new JsonMembers(e, zone.At("summer"), faults);
            summer = new(
                time.Whole("minutes", -840, 840),
                Turn(time, "begins", faults),
                Turn(time, "ends", faults)
            );
            time.End();
        }

        zone.End();
        return new(standard, summer);
    }

    public static LegalCalendar Calendar(
        JsonElement element,
        string path,
        List<RulebookFault> faults,
        Func<JsonMembers, bool, IReadOnlyList<Citation>> cites
    )
    {
        var calendar = new JsonMembers(element, path, faults);
        var read = new LegalCalendar(
            calendar.Text("title"),
            cites(calendar, true),
            calendar.List("weekend", (e, p) => Weekday(e, p, faults)).ToHashSet(),
            calendar.List("holidays", calendar.DayOf).ToHashSet(),
            calendar.List("worked", calendar.DayOf).ToHashSet(),
            calendar.Day("known_from"),
            calendar.Day("known_to"),
            calendar.Has("roll")
                && calendar.Word("roll", ("none", false), ("next_working_day", true)),
            calendar.Has("least_working_days") ? calendar.Whole("least_working_days", 0, 5) : 0
        );
        if (read.Weekend.Count > 6)
        {
            calendar.Fault("weekend", "must leave a working day");
        }

        calendar.End();
        return read;
    }

    public static CountingProfile Profile(
        string key,
        JsonElement element,
        string path,
        List<RulebookFault> faults,
        Func<JsonMembers, bool, IReadOnlyList<Citation>> cites
    )
    {
        var profile = new JsonMembers(element, path, faults);
        var items = profile.Keyed(
            "items",
            (_, e, p) =>
                e.ValueKind == JsonValueKind.String
                    ? e.GetString() switch
                    {
                        "yes" => CountingProfile.Counts.Yes,
                        "no" => CountingProfile.Counts.No,
                        "silent" => CountingProfile.Counts.Silent,
                        _ => Wrong(p),
                    }
                    : Wrong(p)
        );
        foreach (var item in items.Keys.Except(CountingProfile.KnownItems, StringComparer.Ordinal))
        {
            profile.Fault($"items.{item}", "is not an item of compute that this format knows");
        }

        foreach (var item in CountingProfile.KnownItems.Except(items.Keys, StringComparer.Ordinal))
        {
            profile.Fault($"items.{item}", "is missing: say yes, no or silent");
        }

        var read = new CountingProfile(
            key,
            profile.Text("title"),
            cites(profile, true),
            items,
            profile.OptionalText("tolerance"),
            profile.OptionalText("method"),
            profile.Word("derivative_by_another", ("own", false), ("with_parents", true)),
            profile.Word("merge_by_another", ("own", false), ("with_parents", true)),
            profile.Texts("reads_also"),
            profile.Texts("at_least_as"),
            profile.Texts("at_most_as")
        );
        profile.End();
        return read;

        CountingProfile.Counts Wrong(string at)
        {
            faults.Add(new(at, "must be yes, no or silent"));
            return CountingProfile.Counts.Silent;
        }
    }

    public static Readings Readings(JsonElement element, string path, List<RulebookFault> faults)
    {
        var readings = new JsonMembers(element, path, faults);
        var confidence = readings.List("confidence", (e, p) => Factor(e, p, faults));
        var modality = readings.List("modality", (e, p) => Modality(e, p, faults));
        readings.End();
        var read = new Readings(
            ByWord(confidence, row => row.Word, $"{path}.confidence", faults),
            ByWord(modality, row => row.Word, $"{path}.modality", faults)
        );
        if (!read.Confidence.ContainsKey(""))
        {
            faults.Add(new($"{path}.confidence", "needs a row for any other word ('other': true)"));
        }

        return read;
    }

    private static ConfidenceFactor Factor(
        JsonElement element,
        string path,
        List<RulebookFault> faults
    )
    {
        var row = new JsonMembers(element, path, faults);
        var isOther = row.OptionalTruth("other") is true;
        var read = new ConfidenceFactor(
            isOther ? "" : row.Text("word"),
            (uint)row.Whole("factor", 1, 1_000_000),
            row.Text("source"),
            row.Text("assumed_by")
        );
        row.End();
        return read;
    }

    private static ModalityReading Modality(
        JsonElement element,
        string path,
        List<RulebookFault> faults
    )
    {
        var row = new JsonMembers(element, path, faults);
        var read = new ModalityReading(
            row.Text("word"),
            row.Texts("out"),
            row.Texts("maybe"),
            row.Texts("from_text"),
            row.OptionalTruth("narrow") is true,
            row.Text("assumed_by")
        );
        row.End();
        var words = Vocabulary.Find("modality.out")?.Words ?? [];
        foreach (var word in read.Out.Concat(read.Maybe).Except(words, StringComparer.Ordinal))
        {
            faults.Add(new(path, $"'{word}' is not a word of 'modality.out'"));
        }

        return read;
    }

    private static Dictionary<string, T> ByWord<T>(
        IReadOnlyList<T> rows,
        Func<T, string> word,
        string path,
        List<RulebookFault> faults
    )
    {
        var table = new Dictionary<string, T>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            if (!table.TryAdd(word(rows[i]).ToLowerInvariant(), rows[i]))
            {
                faults.Add(new($"{path}[{i}]", "repeats a word"));
            }
        }

        return table;
    }

    private static SummerTime.Turn Turn(JsonMembers owner, string name, List<RulebookFault> faults)
    {
        if (owner.Required(name) is not { } e)
        {
            return new(1, 1, 0, IsUtc: true);
        }

        var turn = new JsonMembers(e, owner.At(name), faults);
        var read = new SummerTime.Turn(
            turn.Whole("month", 1, 12),
            turn.Whole("sunday", 0, 4),
            turn.Whole("minute", 0, 1440),
            turn.Word("clock", ("utc", true), ("local", false))
        );
        turn.End();
        return read;
    }

    private static DayOfWeek Weekday(JsonElement e, string path, List<RulebookFault> faults)
    {
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            if (
                e.ValueKind == JsonValueKind.String
                && string.Equals(
                    e.GetString(),
                    day.ToString().ToLowerInvariant(),
                    StringComparison.Ordinal
                )
            )
            {
                return day;
            }
        }

        faults.Add(new(path, "must be a day of the week in lower case"));
        return DayOfWeek.Sunday;
    }
}
