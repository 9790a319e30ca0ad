using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Concord.Acts;
using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// The facts that law may ask about, each with type, unit and who may state it. A rulebook that
/// names another fact, or compares in another unit, is refused; so is a fact of the wrong type.
/// </summary>
public static class Vocabulary
{
    private static readonly Dictionary<string, FactDefinition> s_byName =
        VocabularyTable.Rows.ToDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>All facts.</summary>
    public static IReadOnlyList<FactDefinition> Rows => VocabularyTable.Rows;

    /// <summary>The row of a fact's name; null when there is none.</summary>
    public static FactDefinition? Find(string fact)
    {
        var open = fact.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return s_byName.GetValueOrDefault(fact) is { Parameter: null } row ? row : null;
        }

        var close = fact.IndexOf(']', open);
        if (close < 0 || !IsParameter(fact.AsSpan(open + 1, close - open - 1)))
        {
            return null;
        }

        return s_byName.GetValueOrDefault($"{fact[..open]}[]{fact[(close + 1)..]}");
    }

    /// <summary>
    /// Reads a declared fact: its name, its type, its words, the order of its bounds, and whether
    /// who states it may.
    /// </summary>
    public static bool TryRead(
        DeclaredFact declared,
        FactSource source,
        [NotNullWhen(true)] out Stated? stated,
        [NotNullWhen(false)] out RulebookFault? fault
    )
    {
        stated = null;
        if (Find(declared.Fact) is not { } row)
        {
            fault = new("$.fact", $"'{declared.Fact}' is not a fact of the vocabulary");
            return false;
        }

        if (row.IsDerived)
        {
            fault = new("$.fact", $"'{declared.Fact}' is computed from other facts, not stated");
            return false;
        }

        if (
            !source.IsAssumption
            && source.By != Asserter.Reading
            && !row.AssertedBy.Contains(source.By)
        )
        {
            fault = new("$.fact", $"'{declared.Fact}' is not for {Say(source.By)} to state");
            return false;
        }

        if (TryRead(row, declared.Value, out var known) is { } rule)
        {
            fault = new("$.value", rule);
            return false;
        }

        stated = new(
            declared.Fact,
            known,
            source with
            {
                Since = declared.Since ?? source.Since,
                KnownAt = declared.KnownAt ?? source.KnownAt,
                Words = declared.Source ?? source.Words,
            }
        );
        fault = null;
        return true;
    }

    /// <summary>
    /// Reads a value as people write it: <c>yes</c>, a word, words joined by commas, several
    /// possible words joined by <c>|</c>, <c>3e25</c>, <c>1e25..3e25</c>, <c>2026-11-23</c>.
    /// </summary>
    public static bool TryReadText(
        string fact,
        string text,
        [NotNullWhen(true)] out Known? known,
        [NotNullWhen(false)] out string? rule
    )
    {
        known = null;
        if (Find(fact) is not { } row)
        {
            rule = $"'{fact}' is not a fact of the vocabulary";
            return false;
        }

        if (row.IsDerived)
        {
            rule = $"'{fact}' is computed from other facts and cannot be assumed";
            return false;
        }

        var value = ValueOf(row, text);
        rule = value is null ? Wants(row) : TryRead(row, value, out known);
        rule = rule is null ? null : $"'{text}' is no value of {fact}: it {rule}";
        return rule is null;
    }

    /// <summary>The value of a fact as people write it, to be declared; null: it is none.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="text">The value, as for <see cref="TryReadText"/>.</param>
    /// <param name="rule">What is wrong; null: nothing.</param>
    public static FactValue? ValueOf(string fact, string text, out string? rule)
    {
        if (!TryReadText(fact, text, out _, out rule))
        {
            return null;
        }

        return ValueOf(Find(fact)!, text);
    }

    private static FactValue? ValueOf(FactDefinition row, string text) =>
        row.Kind switch
        {
            FactKind.Truth => text switch
            {
                "yes" or "true" => new FactValue.Truth(true),
                "no" or "false" => new FactValue.Truth(false),
                _ => null,
            },
            FactKind.Words => new FactValue.Words(
                text.Length == 0
                    ? []
                    :
                    [
                        .. text.Split(',', StringSplitOptions.TrimEntries)
                            .Order(StringComparer.Ordinal),
                    ]
            ),
            FactKind.Word when text.Contains('|', StringComparison.Ordinal) => new FactValue.Words([
                .. text.Split('|', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal),
            ]),
            FactKind.Number => Interval(text),
            _ => new FactValue.Text(text),
        };

    /// <summary>Reads a whole number: digits, or a decimal with an exponent such as 1e26.</summary>
    public static bool TryReadNumber(string text, out UInt128 number)
    {
        var read = Flop.TryParse(text, out var flop);
        number = flop.Count;
        return read;
    }

    private static string? TryRead(FactDefinition row, FactValue value, out Known known)
    {
        known = new Known.Truth(Answer.Undetermined);
        switch (row.Kind, value)
        {
            case (FactKind.Truth, FactValue.Truth truth):
                known = Known.Of(truth.Value);
                return null;
            case (FactKind.Word, FactValue.Text word) when Allows(row, word.Value):
                known = Known.Of(word.Value);
                return null;
            case (FactKind.Word, FactValue.Words words)
                when words.Values.Count > 0 && words.Values.All(word => Allows(row, word)):
                known = new Known.Word(words.Values);
                return null;
            case (FactKind.Words, FactValue.Words words)
                when words.Values.All(word => Allows(row, word)):
                known = Known.Of(words.Values);
                return null;
            case (FactKind.Words, FactValue.Text word) when Allows(row, word.Value):
                known = Known.Of([word.Value]);
                return null;
            case (FactKind.Text, FactValue.Text text) when text.Value.Length is > 0 and <= 200:
                known = Known.Of(text.Value);
                return null;
            case (FactKind.Number, FactValue.Interval range)
                when range.Low is null || range.High is null || range.Low <= range.High:
                known = Known.Of(new NumberRange(range.Low, range.High));
                return null;
            case (FactKind.Moment, FactValue.Text text)
                when Moment.TryParse(text.Value, out var moment):
                known = Known.Of(moment);
                return null;
            default:
                return Wants(row);
        }
    }

    private static string Wants(FactDefinition row) =>
        row.Kind switch
        {
            FactKind.Truth => "must be true or false",
            FactKind.Word => $"must be one of {string.Join(", ", row.Words)}",
            FactKind.Words when row.Words.Count > 0 =>
                $"must be a list of words out of {string.Join(", ", row.Words)}",
            FactKind.Words => "must be a list of words",
            FactKind.Text => "must be a text of 1 to 200 characters",
            FactKind.Number =>
                $"must be an interval of whole numbers in {row.Unit}, the lower bound first",
            _ => "must be a day like 2026-11-23 or an instant like 2026-11-23T08:00:00Z",
        };

    private static bool Allows(FactDefinition row, string word) =>
        row.Words.Count == 0
            ? word.Length is > 0 and <= 64
            : row.Words.Contains(word, StringComparer.Ordinal);

    private static FactValue.Interval? Interval(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return TryReadNumber(text, out var point) ? new(point, point) : null;
        }

        UInt128? low = null;
        UInt128? high = null;
        if (dots > 0)
        {
            if (!TryReadNumber(text[..dots], out var number))
            {
                return null;
            }

            low = number;
        }

        if (dots + 2 < text.Length)
        {
            if (!TryReadNumber(text[(dots + 2)..], out var number))
            {
                return null;
            }

            high = number;
        }

        return new(low, high);
    }

    private static bool IsParameter(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 40)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or '*'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Say(Asserter by) =>
        by switch
        {
            Asserter.PublicSource => "a public source",
            Asserter.Developer => "a party about itself",
            Asserter.Observer => "an observer",
            Asserter.Authority => "the authority",
            _ => by.ToString().ToLower(CultureInfo.InvariantCulture),
        };
}
