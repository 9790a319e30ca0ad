using System.Globalization;
using System.Numerics;
using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// The words of explanations, the same on pages, in the terminal and in the API. Verdicts are
/// <em>Yes</em>, <em>Undetermined</em>, <em>No</em> and <em>No figure</em>, and nothing else.
/// </summary>
public static class Explanations
{
    /// <summary>What must stand wherever an answer is undetermined.</summary>
    public const string NeitherBreachNorClearance =
        "Undetermined is neither a breach nor a clearance.";

    /// <summary>An answer in a word.</summary>
    public static string Say(Answer answer, bool noFigure = false) =>
        answer switch
        {
            Answer.Yes => "Yes",
            Answer.No => "No",
            _ => noFigure ? "No figure" : "Undetermined",
        };

    /// <summary>An answer as the wire writes it.</summary>
    public static string Word(Answer answer) =>
        answer switch
        {
            Answer.Yes => "yes",
            Answer.No => "no",
            _ => "undetermined",
        };

    /// <summary>A number for people: digits up to a million, then <c>3.8 × 10²⁵</c>.</summary>
    public static string Number(UInt128 number) => Rounded(number, outwards: 0);

    /// <summary>A range for people, rounded outwards to three digits.</summary>
    public static string Range(NumberRange range, string? unit)
    {
        var end = unit is null ? "" : $" {unit}";
        return (range.Low, range.High) switch
        {
            ({ } low, { } high) when low == high => $"{Number(low)}{end}",
            ({ } low, { } high) => $"{Rounded(low, -1)} to {Rounded(high, 1)}{end}",
            ({ } low, null) => $"at least {Rounded(low, -1)}{end}",
            (null, { } high) => $"at most {Rounded(high, 1)}{end}",
            _ => "no figure",
        };
    }

    /// <summary>A value for people.</summary>
    public static string Say(Known? value, string? unit) =>
        value switch
        {
            null or { IsUnknown: true } => "not given",
            Known.Truth truth => truth.Value is Answer.Yes ? "yes" : "no",
            Known.Word word => string.Join(" or ", word.Possible.Select(Plain)),
            Known.Words words => Set(words),
            Known.Number number => Range(number.Range, unit),
            Known.Time time when time.Earliest == time.Latest => Day(time.Earliest),
            Known.Time time => $"{Day(time.Earliest)} to {Day(time.Latest)}",
            _ => "not given",
        };

    /// <summary>
    /// The value that a leaf read, with its source: <em>3 × 10²⁵ FLOP (who says so)</em>.
    /// </summary>
    public static string Say(FactReading reading)
    {
        var unit = Vocabulary.Find(reading.Fact)?.Unit;
        var value = Say(reading.Value, unit);
        if (reading.Read.Count == 0)
        {
            return value;
        }

        var sources = reading.Read.Select(SourceOf).Distinct(StringComparer.Ordinal);
        return $"{value} ({string.Join("; ", sources)})";
    }

    /// <summary>A statement with its source.</summary>
    public static string Say(Stated stated) =>
        $"{Say(stated.Value, Vocabulary.Find(stated.Fact)?.Unit)} ({SourceOf(stated)})";

    /// <summary>A source in words.</summary>
    public static string SourceOf(Stated stated) =>
        stated.Source.IsAssumption ? "assumed" : stated.Source.Words;

    /// <summary>The condition of a leaf as a sentence.</summary>
    public static string Say(Condition.Leaf leaf)
    {
        var row = Vocabulary.Find(leaf.Fact);
        var name = Name(leaf.Fact);
        return leaf switch
        {
            Condition.Compare compare =>
                $"{name} is {Comparison(compare.Is)} {Number(compare.Threshold)} {row?.Unit}.",
            Condition.ShareGreater { Whole: { } whole } share =>
                $"{name} is more than {share.Numerator}/{share.Denominator} of "
                    + $"{Uncapital(Name(whole))}.",
            Condition.ShareGreater share =>
                $"{name} is more than {share.Numerator}/{share.Denominator} of "
                    + $"{Number(share.FixedWhole)} {row?.Unit}.",
            Condition.IsTrue truth => Truth(name, truth.Value),
            Condition.OneOf word => $"{name}: {Either(word.Words)}.",
            Condition.Contains contains => $"{name} includes {Plain(contains.Word)}.",
            Condition.Band band => $"{name} lies in a band that counts (limits "
                + $"{string.Join(", ", band.Over.Select(Number))} {row?.Unit}).",
            Condition.Timed timed =>
                $"{name} is {(timed.IsBefore ? "before" : "not before")} {timed.Limit}.",
            _ => $"{name}.",
        };
    }

    /// <summary>A fact's name for people, out of the vocabulary, without its final stop.</summary>
    public static string Name(string fact)
    {
        if (Vocabulary.Find(fact) is not { } row)
        {
            return fact;
        }

        var open = fact.IndexOf('[', StringComparison.Ordinal);
        var parameter = open < 0 ? "" : $" ({fact[(open + 1)..fact.IndexOf(']', open)]})";
        return $"{row.Says.TrimEnd('.')}{parameter}";
    }

    /// <summary>A deadline in words.</summary>
    public static string Say(Due due) =>
        due.Kind switch
        {
            DueKind.By => $"by {Day(due.At)}",
            DueKind.Before when due.At is { } at => $"before {due.Says} ({Day(at)})",
            DueKind.Before => $"before {due.Says}",
            DueKind.Recurring when due.Every is { } every =>
                $"every {Count(every.Count, every.Unit)}"
                    + (due.At is { } next ? $", next by {Day(next)}" : ""),
            DueKind.Open => $"{due.Says}: the text gives no number of days",
            DueKind.Continuous => due.Says ?? "all the time",
            DueKind.AwaitsEvent => "counted from an event that is not on record",
            DueKind.Undetermined => Undetermined(due),
            _ => "the text gives no time",
        };

    /// <summary>
    /// What a duty asks, by whom, by when and since when; of an undetermined one, what would
    /// hold if it were owed.
    /// </summary>
    public static string Say(DutyAnswer duty)
    {
        var parts = new List<string> { $"By the {duty.Duty.Who}" };
        if (duty.Due.Kind is not DueKind.None)
        {
            parts.Add(Say(duty.Due));
        }

        if (duty.Upcoming is { } begins)
        {
            parts.Add($"upcoming, from {Day(begins)}");
        }

        if (duty.Answer is not Answer.Undetermined)
        {
            parts.AddRange(duty.Since is { } since ? [$"owed since {Day(since)}"] : []);
            return $"{string.Join("; ", parts)}.";
        }

        parts.AddRange(duty.Since is { } from ? [$"if owed, since {Day(from)}"] : []);
        parts.Add(
            duty.Duty.OnUndetermined switch
            {
                OnUndetermined.Provisional => "owed provisionally until the facts are known",
                OnUndetermined.Ask => "an open question to the party",
                _ => "nothing is owed until the facts are known",
            }
        );
        return $"{string.Join("; ", parts)}.";
    }

    /// <summary>What follows from an undetermined duty.</summary>
    public static string Say(OnUndetermined consequence) =>
        consequence switch
        {
            OnUndetermined.Provisional =>
                "Owed provisionally; withdrawn when the facts turn out otherwise.",
            OnUndetermined.Ask =>
                "An open question to the party; the date shown is the one that would hold.",
            _ => "Nothing is owed until the facts are known.",
        };

    /// <summary>A day or instant for people: <em>23 November 2026, 22:58 UTC</em>.</summary>
    public static string Day(Moment? moment) =>
        moment is not { } m ? "an unknown day"
        : m.IsDay ? m.At.Day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
        : m
            .At.ToDateTimeOffset()
            .ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A count with its unit in words.</summary>
    public static string Count(int count, PeriodUnit unit)
    {
        var word =
            unit is PeriodUnit.WorkingDay ? "working day" : unit.ToString().ToLowerInvariant();
        return count == 1 ? word : $"{count} {word}s";
    }

    private static string Undetermined(Due due)
    {
        var range = (due.Earliest, due.Latest) switch
        {
            ({ } from, { } to) => $"between {Day(from)} and {Day(to)}",
            ({ } from, null) => $"not before {Day(from)}",
            (null, { } to) => $"not after {Day(to)}",
            _ => "undetermined",
        };
        return due.Why is null ? range : $"{range}: {due.Why}";
    }

    private static string Rounded(UInt128 number, int outwards)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        if (digits.Length <= 6)
        {
            return digits;
        }

        const int shown = 3;
        var scale = BigInteger.Pow(10, digits.Length - shown);
        var head = (BigInteger)number / scale;
        var rest = (BigInteger)number % scale;
        if (!rest.IsZero && (outwards > 0 || (outwards == 0 && rest * 2 >= scale)))
        {
            head++;
        }

        var exponent = digits.Length - 1;
        var text = head.ToString(CultureInfo.InvariantCulture);
        exponent += text.Length - shown;
        text = text[..shown].TrimEnd('0');
        var mantissa = text.Length == 1 ? text : $"{text[0]}.{text[1..]}";
        var power = $"10{Superscript(exponent)}";
        return mantissa is "1" ? power : $"{mantissa} × {power}";
    }

    private static string Superscript(int number)
    {
        const string raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        return string.Concat(
            number.ToString(CultureInfo.InvariantCulture).Select(digit => raised[digit - '0'])
        );
    }

    private static string Set(Known.Words words)
    {
        var certain = words.Certain.Count == 0 ? "none" : string.Join(", ", words.Certain);
        var more = words.Possible?.Except(words.Certain, StringComparer.Ordinal).ToList() ?? [];
        return words.Possible is null ? $"{certain}, perhaps others"
            : more.Count == 0 ? certain
            : words.Certain.Count == 0 ? $"perhaps {string.Join(", ", more)}"
            : $"{certain}, perhaps {string.Join(", ", more)}";
    }

    private static string Either(IReadOnlyList<string> words) =>
        words.Count == 1
            ? Plain(words[0])
            : $"{string.Join(", ", words.Take(words.Count - 1).Select(Plain))} or "
                + Plain(words[^1]);

    private static string Comparison(Condition.Comparison comparison) =>
        comparison switch
        {
            Condition.Comparison.Gt => "greater than",
            Condition.Comparison.Ge => "at least",
            Condition.Comparison.Lt => "less than",
            _ => "at most",
        };

    private static string Truth(string name, bool value)
    {
        const string whether = "Whether ";
        var says = name.StartsWith(whether, StringComparison.Ordinal)
            ? name[whether.Length..]
            : Uncapital(name);
        return value
            ? $"{char.ToUpperInvariant(says[0])}{says[1..]}."
            : $"It is not so that {says}.";
    }

    private static string Plain(string word) => word.Replace('_', ' ');

    private static string Uncapital(string text) =>
        text.Length == 0 ? text : $"{char.ToLowerInvariant(text[0])}{text[1..]}";
}
