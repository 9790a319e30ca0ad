using System.Globalization;
using System.Text;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Authority.Web;

/// <summary>
/// What a person answered about a model that they register, as they wrote it. It makes the act;
/// whether the act may be is the law's.
/// </summary>
public sealed record ModelForm
{
    private static readonly string[] s_fields =
    [
        "party",
        "key",
        "name",
        "version",
        "parameters",
        "training",
        "started",
        "finished",
        "weights",
        "release",
        "profile",
        "state",
        "low",
        "high",
    ];

    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.name", "name"),
        ("$.version", "version"),
        ("$.parameters", "parameters"),
        ("$.modality_out", "modality"),
        ("$.training.started_on", "started"),
        ("$.training.finished_on", "finished"),
        ("$.training_compute[0].profile", "profile"),
        ("$.training_compute[0].high", "high"),
        ("$.training_compute", "low"),
        ("$.training", "training"),
        ("$.intended_release.on", "release"),
        ("$.intended_release", "weights"),
        ("$.developer", "party"),
    ];

    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);

    /// <summary>What the model puts out.</summary>
    public IReadOnlyList<string> Modality { get; private init; } = [];

    /// <summary>Whether the answers are given, to be checked.</summary>
    public bool IsGiven { get; private init; }

    /// <summary>The answer of a field; empty: none.</summary>
    public string this[string field] => _answers.GetValueOrDefault(field, "");

    /// <summary>Reads the answers out of an address.</summary>
    public static ModelForm Read(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var form = new ModelForm
        {
            IsGiven = query.ContainsKey("check"),
            Modality =
            [
                .. query["modality"]
                    .OfType<string>()
                    .Where(word => word.Length > 0)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
        };
        foreach (var field in s_fields)
        {
            // Acts have texts in one normal form, whatever a keyboard makes.
            var answer = query[field].ToString().Trim();
            form._answers[field] = answer.IsNormalized() ? answer : Normal(answer);
        }

        return form;
    }

    /// <summary>All answers that were given, by their fields.</summary>
    public IEnumerable<(string Field, string Answer)> Answers =>
        s_fields
            .Where(name => this[name].Length > 0)
            .Select(name => (name, this[name]))
            .Concat(Modality.Select(word => ("modality", word)));

    /// <summary>The address of the form with these answers, to change them.</summary>
    public string Href =>
        "/file/register-model?"
        + string.Join(
            '&',
            Answers.Select(one => $"{one.Field}={Uri.EscapeDataString(one.Answer)}")
        );

    /// <summary>The field that a path in the act is about; empty: none.</summary>
    public static string FieldOf(string path) =>
        s_places
            .FirstOrDefault(place => path.StartsWith(place.Path, StringComparison.Ordinal))
            .Field
        ?? "";

    /// <summary>The act that the answers make; null: an answer is none.</summary>
    /// <param name="developer">The party that registers.</param>
    /// <param name="errors">What is wrong, by the name of the field.</param>
    public RegisterModel? Compose(PartyId developer, IDictionary<string, string> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (this["name"].Length == 0)
        {
            errors["name"] = "Give the model's name";
        }

        return Act(developer, this["name"], errors);
    }

    /// <summary>
    /// The act that the answers would make of a model without a name and a maker, held to the form
    /// of acts; null: an answer is none. What a filing is held to besides, the law says then.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="errors">What is wrong, by the name of the field.</param>
    public RegisterModel? Suppose(World world, IDictionary<string, string> errors)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(errors);
        if (Act(new(0), "Supposed", errors) is not { } act)
        {
            return null;
        }

        var type = ActBytes.ContentTypeOf(ActTable.Of(act));
        if (!ActBytes.TryParse(type, ActBytes.Write(act), out _, out _, out var fault))
        {
            errors[FieldOf(fault.Path)] = fault.Detail;
            return null;
        }

        if (
            act.TrainingCompute is [var claim]
            && !ProfilesOf(world).Contains(claim.Profile, StringComparer.Ordinal)
        )
        {
            errors["profile"] = "Choose one of the counting profiles";
            return null;
        }

        return act;
    }

    /// <summary>The counting profiles that a rulebook defines.</summary>
    public static IEnumerable<string> ProfilesOf(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return world
            .Network.Rulebooks.SelectMany(book => book.Book.Profiles.Keys)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }

    private RegisterModel? Act(PartyId developer, string name, IDictionary<string, string> errors)
    {
        if (Modality.Count == 0)
        {
            errors["modality"] = "Say what the model puts out";
        }

        var act = new RegisterModel
        {
            Developer = developer,
            Name = name,
            Version = this["version"] is { Length: > 0 } version ? version : null,
            Parameters = Number("parameters", errors),
            ModalityOut = Modality,
            Training = new()
            {
                State = Word<TrainingState>("training", errors),
                StartedOn = Day("started", errors),
                FinishedOn = Day("finished", errors),
            },
            IntendedRelease = new()
            {
                Weights = Word<WeightsAccess>("weights", errors),
                On = Day("release", errors),
            },
            TrainingCompute = Compute(errors),
        };
        return errors.Count == 0 ? act : null;
    }

    private IReadOnlyList<ComputeClaim> Compute(IDictionary<string, string> errors)
    {
        var (low, high) = (Figure("low", errors), Figure("high", errors));
        if (low is null && high is null)
        {
            return [];
        }

        return
        [
            new()
            {
                Profile = this["profile"],
                State = Word<ComputeState>("state", errors),
                Low = low,
                High = high,
            },
        ];
    }

    private Flop? Figure(string field, IDictionary<string, string> errors)
    {
        if (this[field].Length == 0)
        {
            return null;
        }

        if (Flop.TryParse(this[field], out var flop))
        {
            return flop;
        }

        errors[field] = $"Write the figure like 3.8e25; '{this[field]}' is none";
        return null;
    }

    private long? Number(string field, IDictionary<string, string> errors)
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

        errors[field] = $"Write a number like 70000000000 or 70e9; '{this[field]}' is none";
        return null;
    }

    private DateOnly? Day(string field, IDictionary<string, string> errors)
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

        errors[field] = $"Write a day like 2026-03-31; '{this[field]}' is none";
        return null;
    }

    private T Word<T>(string field, IDictionary<string, string> errors)
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

        errors[field] = "Choose one";
        return default;
    }

    // Half a character has no normal form; the schema finds fault with it.
    private static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
