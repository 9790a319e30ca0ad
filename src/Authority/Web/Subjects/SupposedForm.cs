using Concord.Acts;
using Concord.Authority.Web.Filing;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using Microsoft.Extensions.Primitives;
using static Concord.Authority.Web.Languages.Speech;

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

    private SupposedForm(FormAnswers answers) => Answers = answers;

    /// <summary>The path of the form.</summary>
    public const string Path = "/before-you-file";

    /// <summary>What was answered, and what is wrong with it.</summary>
    public FormAnswers Answers { get; }

    /// <summary>Where the maker sits; empty: not said.</summary>
    public string Country => Answers["country"].ToUpperInvariant();

    /// <summary>Further facts as they were given.</summary>
    public IReadOnlyList<string> Given => Answers.All("fact");

    /// <summary>Further facts that can be read.</summary>
    public IReadOnlyList<Assumption> Facts => _facts;

    /// <summary>The form that registers a model, with the same answers.</summary>
    public string FileHref =>
        $"{ModelForm.Path}?"
        + string.Join(
            '&',
            Answers
                .Each.Where(one => ModelForm.Fields.Contains(one.Field, StringComparer.Ordinal))
                .Select(one => $"{one.Field}={Uri.EscapeDataString(one.Answer)}")
        );

    /// <summary>Reads the answers out of an address.</summary>
    public static SupposedForm Read(IEnumerable<KeyValuePair<string, StringValues>> query) =>
        new(new(Path, query, [.. ModelForm.Fields, "country", "fact"]));

    /// <summary>The sheet that the law would read; null: something is wrong with an answer.
    /// </summary>
    /// <param name="world">The world.</param>
    public FactSheet? Sheet(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (Country.Length > 0 && !(Country.Length == 2 && Country.All(char.IsAsciiLetterUpper)))
        {
            Answers.Errors["country"] = Say("Write two letters such as CH (ISO 3166-1)");
        }

        var facts = Declared(Answers.Errors);
        var act = SupposedModel.Of(Answers, world);
        return act is null || Answers.IsWrong
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
                errors["fact"] = Say(
                    "Write a further fact as FACT=VALUE, such as generality=general"
                );
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
                errors["fact"] = Plainly($"{name} is answered twice");
            }
            else
            {
                declared.Add(fact);
                _facts.Add(new(name, text));
            }
        }

        if (Given.Count > FactsMax)
        {
            errors["fact"] = Plainly($"Give at most {FactsMax} further facts");
        }

        return declared;
    }
}
