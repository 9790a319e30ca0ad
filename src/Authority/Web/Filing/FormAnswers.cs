using System.Globalization;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Measures;
using Microsoft.Extensions.Primitives;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>
/// What a person answered in a form, as they wrote it, and what is wrong with it, beside the field
/// that it is about. It reads answers; whether the act that they make may be is the law's.
/// </summary>
public sealed class FormAnswers
{
    private const string Given = "check";
    private const StringSplitOptions Tidy =
        StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
    private static readonly char[] s_breaks = ['\r', '\n', '\t'];
    private readonly Dictionary<string, IReadOnlyList<string>> _answers = new(
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>Reads answers out of an address, or out of what a form sent.</summary>
    /// <param name="form">The path of the form.</param>
    /// <param name="given">What was answered; other fields than the named are left out.</param>
    /// <param name="fields">The names of the form's fields, in its order.</param>
    public FormAnswers(
        string form,
        IEnumerable<KeyValuePair<string, StringValues>> given,
        params IEnumerable<string> fields
    )
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(fields);
        Form = form;
        var all = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (field, answers) in given)
        {
            all[field] = answers;
        }

        IsGiven = all.ContainsKey(Given);
        foreach (var field in fields)
        {
            Answer(field, [.. all.GetValueOrDefault(field).OfType<string>()]);
        }
    }

    /// <summary>The path of the form.</summary>
    public string Form { get; }

    /// <summary>Whether the answers are given, to be checked.</summary>
    public bool IsGiven { get; }

    /// <summary>What is wrong, by the name of the field; the empty name: with all of it.</summary>
    public IDictionary<string, string> Errors => _errors;

    /// <summary>Whether something is wrong.</summary>
    public bool IsWrong => _errors.Count > 0;

    /// <summary>The fields, with what is wrong.</summary>
    public FormField Fields => new(_errors);

    /// <summary>
    /// The answer of a field, on one line as acts have texts; empty: none.
    /// </summary>
    public string this[string field] => string.Join(' ', Whole(field).Split(s_breaks, Tidy));

    /// <summary>The answer of a field with its lines; empty: none.</summary>
    public string Whole(string field) =>
        _answers.GetValueOrDefault(field) is [var first, ..] ? first : "";

    /// <summary>The lines of an answer, those that are empty left out.</summary>
    public IReadOnlyList<string> Lines(string field) => Whole(field).Split(s_breaks[..2], Tidy);

    /// <summary>Puts an answer in the place of what was answered.</summary>
    public void Answer(string field, params IEnumerable<string> answers) =>
        // Acts have texts in one normal form, whatever a keyboard makes.
        _answers[field] = [
            .. answers
                .Select(answer => Normal(answer.Trim()))
                .Where(answer => answer.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>All answers of a field that may have several, in the order of their text.</summary>
    public IReadOnlyList<string> All(string field) =>
        [.. _answers.GetValueOrDefault(field, []).Order(StringComparer.Ordinal)];

    /// <summary>Each answer with its field, in the form's order.</summary>
    public IEnumerable<(string Field, string Answer)> Each =>
        _answers.SelectMany(one => one.Value.Select(answer => (one.Key, answer)));

    /// <summary>The address of the form with these answers, to change them.</summary>
    public string Href
    {
        get
        {
            var query = Each.Select(one => $"{one.Field}={Uri.EscapeDataString(one.Answer)}");
            return $"{Form}?{string.Join('&', query)}";
        }
    }

    /// <summary>An answer; null: there is none.</summary>
    public string? Text(string field) => this[field] is { Length: > 0 } text ? text : null;

    /// <summary>An answer that is needed.</summary>
    /// <param name="field">The field.</param>
    /// <param name="otherwise">What to do where there is none.</param>
    public string Needed(string field, string otherwise)
    {
        if (this[field].Length == 0)
        {
            _errors[field] = otherwise;
        }

        return this[field];
    }

    /// <summary>A day; null: there is none, or what stands there is none.</summary>
    public DateOnly? Day(string field)
    {
        if (this[field].Length == 0)
        {
            return null;
        }

        if (
            DateOnly.TryParseExact(
                this[field],
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            return day;
        }

        _errors[field] = Plainly($"Write a day like 2026-03-31; '{this[field]}' is none");
        return null;
    }

    /// <summary>A day that is needed.</summary>
    /// <param name="field">The field.</param>
    /// <param name="otherwise">What to do where there is none.</param>
    public DateOnly NeededDay(string field, string otherwise)
    {
        Needed(field, otherwise);
        return Day(field) ?? default;
    }

    /// <summary>A count; null: there is none, or what stands there is none.</summary>
    public long? Number(string field)
    {
        if (this[field].Length == 0)
        {
            return null;
        }

        var plain = this[field].Replace(" ", "", StringComparison.Ordinal);
        if (Flop.TryParse(plain, out var number) && number.Count <= long.MaxValue)
        {
            return (long)number.Count;
        }

        _errors[field] = Plainly(
            $"Write a number like 70000000000 or 70e9; '{this[field]}' is none"
        );
        return null;
    }

    /// <summary>A figure in FLOP; null: there is none, or what stands there is none.</summary>
    public Flop? Figure(string field)
    {
        if (this[field].Length == 0)
        {
            return null;
        }

        if (Flop.TryParse(this[field], out var flop))
        {
            return flop;
        }

        _errors[field] = Plainly($"Write the figure like 3.8e25; '{this[field]}' is none");
        return null;
    }

    /// <summary>Yes, no, or null where it is neither.</summary>
    public bool? Yes(string field) =>
        this[field] switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };

    /// <summary>An id that is needed.</summary>
    /// <param name="field">The field.</param>
    /// <param name="otherwise">What to do where there is none, with an example.</param>
    public T Id<T>(string field, string otherwise)
        where T : struct, IActId<T>
    {
        if (ShortId.TryParse(this[field], T.Letter, out var index))
        {
            return T.At(index);
        }

        _errors[field] = otherwise;
        return default;
    }

    /// <summary>One of a few words, as acts write them; the first where none is chosen.</summary>
    public T Word<T>(string field)
        where T : struct, Enum
    {
        var said = this[field].Replace("_", "", StringComparison.Ordinal);
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), said, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        _errors[field] = Say("Choose one");
        return default;
    }

    /// <summary>A word of the wire as a form has it.</summary>
    public static string WordOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>A day as a form has it; empty: there is none.</summary>
    public static string DayOf(DateOnly? day) =>
        day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    // Half a character has no normal form; the schema finds fault with it.
    private static string Normal(string text)
    {
        try
        {
            return text.IsNormalized() ? text : text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
