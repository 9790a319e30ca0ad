using System.Text.Json;

namespace Concord.Rooms.Rulebooks;

/// <summary>Reads a rulebook's frame; conditions and times have readers of their own.</summary>
internal sealed class RulebookReader
{
    private readonly List<RulebookFault> _faults;
    private readonly ConditionReader _conditions;
    private readonly TimeReader _times;
    private IReadOnlyDictionary<string, LawSource> _sources = new Dictionary<string, LawSource>(
        StringComparer.Ordinal
    );

    private RulebookReader(List<RulebookFault> faults)
    {
        _faults = faults;
        _times = new(faults);
        _conditions = new(faults, _times, CiteOf);
    }

    public static Rulebook? Read(JsonElement json, List<RulebookFault> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new("$", "must be an object"));
            return null;
        }

        return new RulebookReader(faults).Read(new(json, "$", faults));
    }

    private Rulebook Read(JsonMembers book)
    {
        if (book.Text("format") is { Length: > 0 } format && !Is(format, Rulebook.Format))
        {
            book.Fault("format", $"must be {Rulebook.Format}");
        }

        _sources = book.Keyed("sources", (_, e, path) => Source(e, path));
        var zones = book.Keyed("zones", (_, e, path) => LegalDataReader.Zone(e, path, _faults));
        var calendars = book.Keyed(
            "calendars",
            (_, e, path) => LegalDataReader.Calendar(e, path, _faults, Cites)
        );
        var profiles = book.Keyed(
            "profiles",
            (key, e, path) => LegalDataReader.Profile(key, e, path, _faults, Cites)
        );
        var definitions = book.Keyed("definitions", Definition);
        var duties = book.List("duties", DutyOf);
        var read = new Rulebook
        {
            Id = book.Text("id"),
            Title = book.Text("title"),
            Short = book.Text("short"),
            Jurisdiction = book.Text("jurisdiction"),
            Edition = book.Text("edition"),
            AsOf = book.Day("as_of"),
            InForce = book.Required("in_force") is { } span
                ? DaysOf(span, "$.in_force")
                : new(default, null),
            ByAdoption = book.OptionalTruth("by_adoption") ?? false,
            SuspendedBy = book.List("suspended_by", SuspensionOf),
            Sources = _sources,
            Interpretations = book.List("interpretation", InterpretationOf),
            Profiles = profiles,
            Calendars = calendars,
            Zones = zones,
            ZoneKey = book.OptionalText("zone"),
            Definitions = definitions,
            Duties = duties,
            Headline = book.Element("headline") is { } h ? HeadlineOf(h, "$.headline") : null,
            Readings = book.Element("readings") is { } r
                ? LegalDataReader.Readings(r, "$.readings", _faults)
                : null,
        };
        book.End();
        RulebookCheck.Run(read, _times.Used, _conditions.Used, _faults);
        return read;
    }

    private LawSource Source(JsonElement element, string path)
    {
        var source = new JsonMembers(element, path, _faults);
        var read = new LawSource(
            source.Text("title"),
            source.Text("short"),
            source.OptionalText("url"),
            source.Word(
                "certainty",
                ("primary", Certainty.Primary),
                ("near_primary", Certainty.NearPrimary),
                ("secondary", Certainty.Secondary),
                ("memory", Certainty.Memory),
                ("own", Certainty.Own)
            ),
            source.Day("as_of")
        );
        source.End();
        return read;
    }

    private Definition Definition(string key, JsonElement element, string path)
    {
        var definition = new JsonMembers(element, path, _faults);
        var read = new Definition(
            key,
            definition.Text("title"),
            Cites(definition, required: true),
            _conditions.Member(definition, "condition")
        );
        definition.End();
        return read;
    }

    private Duty DutyOf(JsonElement element, string path)
    {
        var duty = new JsonMembers(element, path, _faults);
        var read = new Duty
        {
            Id = duty.Text("id"),
            Title = duty.Text("title"),
            Cite = Cites(duty, required: true),
            Who = duty.Text("who"),
            Condition = _conditions.Member(duty, "condition"),
            Trigger = duty.Has("trigger") ? _conditions.Member(duty, "trigger") : null,
            Since = duty.Element("since") is { } since
                ? _times.Read(since, duty.At("since"))
                : null,
            Clock = duty.Element("clock") is { } clock
                ? _times.ReadDeadline(clock, duty.At("clock"))
                : null,
            Documents = duty.Texts("documents"),
            Exempt = duty.List("exempt", ExemptionOf),
            Penalty = duty.OptionalText("penalty"),
            OnUndetermined = duty.Word(
                "on_undetermined",
                ("ask", OnUndetermined.Ask),
                ("provisional", OnUndetermined.Provisional),
                ("wait", OnUndetermined.Wait)
            ),
            NotBefore = duty.List("not_before", DeferralOf),
            InForce = duty.Element("in_force") is { } span
                ? DaysOf(span, duty.At("in_force"))
                : null,
            OpenPart = duty.OptionalText("open_part"),
            Note = duty.OptionalText("note"),
        };
        duty.End();
        return read;
    }

    private Exemption ExemptionOf(JsonElement element, string path)
    {
        var exemption = new JsonMembers(element, path, _faults);
        var read = new Exemption(
            exemption.Text("id"),
            exemption.Text("says"),
            Cites(exemption, required: true),
            _conditions.Member(exemption, "condition")
        );
        exemption.End();
        return read;
    }

    private Deferral DeferralOf(JsonElement element, string path)
    {
        var deferral = new JsonMembers(element, path, _faults);
        var until = deferral.Required("until");
        var read = new Deferral(
            deferral.Has("when") ? _conditions.Member(deferral, "when") : null,
            until is { } e
                ? _times.Read(e, deferral.At("until"))
                : new TimeExpression.Fixed(default),
            Cites(deferral, required: true)
        );
        deferral.End();
        return read;
    }

    private Suspension SuspensionOf(JsonElement element, string path)
    {
        var suspension = new JsonMembers(element, path, _faults);
        var read = new Suspension(
            suspension.Text("what"),
            new(suspension.Day("from"), suspension.OptionalDay("to")),
            Cites(suspension, required: true)
        );
        suspension.End();
        return read;
    }

    private Interpretation InterpretationOf(JsonElement element, string path)
    {
        var interpretation = new JsonMembers(element, path, _faults);
        var read = new Interpretation(
            interpretation.Text("id"),
            interpretation.Text("says"),
            Cites(interpretation, required: true)
        );
        interpretation.End();
        return read;
    }

    private Headline HeadlineOf(JsonElement element, string path)
    {
        var headline = new JsonMembers(element, path, _faults);
        var quantity = headline.OptionalText("quantity");
        if (quantity is not null)
        {
            _conditions.Use(quantity, headline.At("quantity"), FactKind.Number);
        }

        var read = new Headline(
            headline.Text("question"),
            headline.Text("definition"),
            quantity,
            headline.List("assume", AssumptionOf),
            headline.OptionalText("assume_words")
        );
        headline.End();
        return read;
    }

    private Assumption AssumptionOf(JsonElement element, string path)
    {
        var assumption = new JsonMembers(element, path, _faults);
        var read = new Assumption(assumption.Text("fact"), assumption.Text("value"));
        assumption.End();
        if (!Vocabulary.TryReadText(read.Fact, read.Value, out _, out var rule))
        {
            _faults.Add(new(path, rule));
        }

        return read;
    }

    private Days DaysOf(JsonElement element, string path)
    {
        var span = new JsonMembers(element, path, _faults);
        var read = new Days(span.Day("from"), span.OptionalDay("to"));
        if (read.To < read.From)
        {
            span.Fault("to", "must not be before 'from'");
        }

        span.End();
        return read;
    }

    private IReadOnlyList<Citation> Cites(JsonMembers owner, bool required)
    {
        var cites = owner.List("cite", CiteOf);
        if (required && cites.Count == 0)
        {
            owner.Fault("cite", "must cite at least one paragraph of a source");
        }

        return cites;
    }

    private Citation CiteOf(JsonElement element, string path)
    {
        var pair = JsonMembers.ListOf(
            element,
            path,
            (e, p) => e.ValueKind == JsonValueKind.String ? e.GetString() ?? "" : "",
            _faults
        );
        if (pair.Count != 2 || pair[1].Length is 0 or > 200)
        {
            _faults.Add(new(path, "must be [source, paragraph]"));
            return new("", "");
        }

        if (!_sources.ContainsKey(pair[0]))
        {
            _faults.Add(new(path, $"cites '{pair[0]}', which is not among the sources"));
        }

        return new(pair[0], pair[1]);
    }

    private static bool Is(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal);
}
