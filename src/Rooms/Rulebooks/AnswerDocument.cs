using System.Globalization;
using System.Text.Json;
using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>The answer of a rulebook as JSON, the same from the terminal and the API.</summary>
public static class AnswerDocument
{
    /// <summary>Writes the members of an answer into an open JSON object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, RulebookAnswer answer)
    {
        json.WriteString("rulebook", answer.Book.Id);
        json.WriteString("edition", answer.Book.Edition);
        json.WriteString("at", answer.At.ToString());
        json.WriteString("question", answer.Book.Headline?.Question);
        json.WriteString("answer", Explanations.Word(answer.Answer));
        json.WriteBoolean("no_figure", answer.NoFigure);
        json.WriteString("once_in_force", Explanations.Word(answer.OnceInForce));
        WriteDay(json, "upcoming", answer.Upcoming is { } day ? Moment.Of(day) : null);
        json.WriteStartArray("assumed");
        foreach (var stated in answer.Assumed)
        {
            json.WriteStringValue(
                $"{stated.Fact}="
                    + Explanations.Say(stated.Value, Vocabulary.Find(stated.Fact)?.Unit)
            );
        }

        json.WriteEndArray();
        WriteSettles(json, answer.Settles);
        if (answer.Explanation is { } explanation)
        {
            json.WritePropertyName("explanation");
            WriteNode(json, explanation);
        }

        json.WriteStartArray("duties");
        foreach (var duty in answer.Duties)
        {
            WriteDuty(json, answer.Book, duty);
        }

        json.WriteEndArray();
    }

    private static void WriteDuty(Utf8JsonWriter json, Rulebook book, DutyAnswer duty)
    {
        json.WriteStartObject();
        json.WriteString("duty", duty.Duty.Id);
        json.WriteString("title", duty.Duty.Title);
        json.WriteString("cite", book.Cite(duty.Duty.Cite));
        json.WriteString("who", duty.Duty.Who);
        json.WriteString("answer", Explanations.Word(duty.Answer));
        json.WriteString("once_in_force", Explanations.Word(duty.OnceInForce));
        WriteDay(json, "since", duty.Since);
        WriteDay(json, "upcoming", duty.Upcoming);
        json.WriteStartObject("due");
        json.WriteString("kind", Snake(duty.Due.Kind.ToString()));
        WriteDay(json, "at", duty.Due.At);
        WriteDay(json, "earliest", duty.Due.Earliest);
        WriteDay(json, "latest", duty.Due.Latest);
        json.WriteString("says", Explanations.Say(duty.Due));
        if (duty.Due.Moved > TimeSpan.Zero)
        {
            json.WriteNumber("moved_seconds", (long)duty.Due.Moved.TotalSeconds);
        }

        json.WriteEndObject();
        if (duty.Consequence is { } consequence)
        {
            json.WriteString("on_undetermined", Snake(consequence.ToString()));
        }

        WriteSettles(json, duty.Settles);
        json.WritePropertyName("explanation");
        WriteNode(json, duty.Explanation);
        json.WriteEndObject();
    }

    private static void WriteSettles(Utf8JsonWriter json, IReadOnlyList<Settling> settles)
    {
        json.WriteStartArray("settles");
        foreach (var settling in settles)
        {
            json.WriteStartObject();
            json.WriteStartArray("facts");
            foreach (var fact in settling.Facts)
            {
                json.WriteStringValue(fact);
            }

            json.WriteEndArray();
            json.WriteBoolean("decides", settling.Decides);
            json.WriteString("says", settling.Words);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNode(Utf8JsonWriter json, ExplanationNode node)
    {
        json.WriteStartObject();
        json.WriteString("operator", node.Operator);
        json.WriteString("answer", Explanations.Word(node.Answer));
        json.WriteString("says", node.Says);
        if (node.Cite.Length > 0)
        {
            json.WriteString("cite", node.Cite);
        }

        if (node.Threshold is { } threshold)
        {
            json.WriteString("threshold", threshold);
        }

        WriteReading(json, "fact", node.Reading);
        WriteReading(json, "against", node.Against);
        if (node.Notes.Count > 0)
        {
            json.WriteStartArray("notes");
            foreach (var note in node.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
        }

        if (node.Children.Count > 0)
        {
            json.WriteStartArray("children");
            foreach (var child in node.Children)
            {
                WriteNode(json, child);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteReading(Utf8JsonWriter json, string name, FactReading? reading)
    {
        if (reading is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("name", reading.Fact);
        json.WriteString("value", Explanations.Say(reading.Value, UnitOf(reading)));
        if (reading.Value is Known.Number { IsUnknown: false } number)
        {
            WriteBound(json, "low", number.Range.Low);
            WriteBound(json, "high", number.Range.High);
        }

        json.WriteBoolean("contradicted", reading.IsContradicted);
        WriteSources(json, "sources", reading.Read);
        if (reading.Other.Count > 0)
        {
            WriteSources(json, "also_stated", reading.Other);
        }

        json.WriteEndObject();
    }

    private static void WriteSources(
        Utf8JsonWriter json,
        string name,
        IReadOnlyList<Stated> statements
    )
    {
        json.WriteStartArray(name);
        foreach (var stated in statements)
        {
            json.WriteStartObject();
            json.WriteString("by", Snake(stated.Source.By.ToString()));
            json.WriteString("words", Explanations.SourceOf(stated));
            json.WriteString(
                "value",
                Explanations.Say(stated.Value, Vocabulary.Find(stated.Fact)?.Unit)
            );
            if (stated.Source.Act is { } act)
            {
                json.WriteNumber("act", act);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBound(Utf8JsonWriter json, string name, UInt128? bound)
    {
        if (bound is { } number)
        {
            json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteDay(Utf8JsonWriter json, string name, Moment? moment) =>
        json.WriteString(name, moment?.ToString());

    private static string? UnitOf(FactReading reading) => Vocabulary.Find(reading.Fact)?.Unit;

    private static string Snake(string name) =>
        string.Concat(
            name.Select(
                (c, i) =>
                    char.IsUpper(c) && i > 0
                        ? $"_{char.ToLowerInvariant(c)}"
                        : char.ToLowerInvariant(c).ToString()
            )
        );
}
