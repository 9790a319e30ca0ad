using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Web.Subjects;

/// <summary>
/// What a person answered about a model that is supposed: the answers of the form that registers
/// one, where its maker sits, and further facts. Nothing of it is kept.
/// </summary>
public sealed class SupposedForm
{
    private const int FactsMax = 40;
    private const int FactCharsMax = 200;

    // What the form asks in words of its own.
    private static readonly string[] s_asked =
    [
        "modality.out",
        "training_state",
        "training_starts_on",
        "established_in",
    ];

    private readonly List<Assumption> _facts = [];

    private SupposedForm(ModelForm model) => Model = model;

    /// <summary>The answers that the form of registration asks for too.</summary>
    public ModelForm Model { get; }

    /// <summary>Where the maker sits; empty: not said.</summary>
    public string Country { get; private init; } = "";

    /// <summary>Further facts as they were given.</summary>
    public IReadOnlyList<string> Given { get; private init; } = [];

    /// <summary>Further facts that can be read.</summary>
    public IReadOnlyList<Assumption> Facts => _facts;

    /// <summary>Whether the answers are given, to be judged.</summary>
    public bool IsGiven => Model.IsGiven;

    /// <summary>Reads the answers out of an address.</summary>
    public static SupposedForm Read(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(ModelForm.Read(query))
        {
            Country = query["country"].ToString().Trim().ToUpperInvariant(),
            Given =
            [
                .. query["fact"]
                    .OfType<string>()
                    .Select(one => one.Trim())
                    .Where(one => one.Length > 0)
                    .Distinct(StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>The sheet that the law would read; null: an answer is none.</summary>
    /// <param name="world">The world.</param>
    /// <param name="errors">What is wrong, by the name of the field.</param>
    public FactSheet? Sheet(World world, IDictionary<string, string> errors)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(errors);
        if (Country.Length > 0 && !(Country.Length == 2 && Country.All(char.IsAsciiLetterUpper)))
        {
            errors["country"] = "Write two letters such as CH (ISO 3166-1)";
        }

        var facts = Declared(errors);
        var act = Model.Suppose(world, errors);
        return act is null || errors.Count > 0
            ? null
            : FactSheets.Supposed(
                world,
                act with
                {
                    Facts = facts,
                },
                Country.Length > 0 ? Country : null
            );
    }

    /// <summary>The facts that laws turn on and the form does not ask in its own words.</summary>
    /// <param name="laws">The laws, with what they answer now.</param>
    /// <param name="world">The world.</param>
    public IReadOnlyList<AssumeField> Fields(IEnumerable<LawReading> laws, World world) =>
        [
            .. laws.SelectMany(law =>
                    AssumeField.Of(
                        law.Column.Book,
                        Evaluation.Settles(
                            law.Column.Book,
                            law.Facts.AssumeFor(law.Column.Headline),
                            world.At
                        ),
                        _facts
                    )
                )
                .DistinctBy(field => field.Fact, StringComparer.Ordinal)
                .Where(field =>
                    !s_asked.Contains(field.Fact, StringComparer.Ordinal)
                    && Vocabulary.Find(field.Fact) is { IsDecision: false }
                ),
        ];

    private List<DeclaredFact> Declared(IDictionary<string, string> errors)
    {
        var by = new FactSource(Asserter.Developer, "");
        var declared = new List<DeclaredFact>();
        foreach (var one in Given.Take(FactsMax))
        {
            var at = one.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || one.Length > FactCharsMax)
            {
                errors["fact"] = "Write a further fact as FACT=VALUE, such as generality=general";
                continue;
            }

            var (name, text) = (one[..at], one[(at + 1)..]);
            if (Vocabulary.ValueOf(name, text, out var fault) is not { } value)
            {
                errors["fact"] = Prose.Capital(fault!);
                continue;
            }

            var fact = new DeclaredFact { Fact = name, Value = value };
            if (!Vocabulary.TryRead(fact, by, out _, out var bad))
            {
                errors["fact"] = $"{name}: {bad.Rule}";
            }
            else if (
                declared.Any(known => string.Equals(known.Fact, name, StringComparison.Ordinal))
            )
            {
                errors["fact"] = $"{name} is answered twice";
            }
            else
            {
                declared.Add(fact);
                _facts.Add(new(name, text));
            }
        }

        if (Given.Count > FactsMax)
        {
            errors["fact"] = $"Give at most {FactsMax} further facts";
        }

        return declared;
    }
}
