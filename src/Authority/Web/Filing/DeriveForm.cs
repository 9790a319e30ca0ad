using Concord.Acts;
using Concord.Acts.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>
/// What a form asks about how a release was made from others, and the act that it makes.
/// </summary>
public static class DeriveForm
{
    /// <summary>Its fields.</summary>
    public static readonly IReadOnlyList<string> Fields =
    [
        "parents",
        "relation",
        "low",
        "high",
        "safeguards",
        "capability",
        "published",
    ];

    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.parents", "parents"),
        ("$.relation", "relation"),
        ("$.compute_high", "high"),
        ("$.compute_low", "low"),
        ("$.safeguards_removed", "safeguards"),
        ("$.capability_raised", "capability"),
        ("$.published_on", "published"),
    ];

    /// <summary>The field that a path in the act is about; empty: none.</summary>
    public static string FieldOf(string path) => Places.FieldOf(s_places, path);

    /// <summary>The fields, to be answered.</summary>
    public static Markup Ask(FormAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var fields = answers.Fields;
        return new Markup()
            .Add(
                fields.Text(
                    "parents",
                    Say("What it was made from"),
                    Say(
                        "Ids of models or releases in this register, such as R-0000-07WX; "
                            + "several with "
                            + "spaces between them"
                    ),
                    answers["parents"]
                )
            )
            .Add(
                fields.Select(
                    "relation",
                    Say("How it was made"),
                    null,
                    answers["relation"],
                    [
                        .. Enum.GetValues<Relation>()
                            .Select(one =>
                                (FormAnswers.WordOf(one), Prose.Capital(ActSentence.Word(one)))
                            ),
                    ]
                )
            )
            .Add(
                fields.Text(
                    "low",
                    Say("Compute of the modification, at least"),
                    Say("In FLOP, such as 2e22; may be left out"),
                    answers["low"]
                )
            )
            .Add(
                fields.Text(
                    "high",
                    Say("Compute of the modification, at most"),
                    Say("In FLOP; may be left out"),
                    answers["high"]
                )
            )
            .Add(Question(answers, "safeguards", Say("Were safeguards of the parent removed?")))
            .Add(
                Question(
                    answers,
                    "capability",
                    Say("Does an evaluation show a capability above the parent's?")
                )
            )
            .Add(
                fields.Text(
                    "published",
                    Say("Given to others on"),
                    Say("A day; left out: not yet"),
                    answers["published"],
                    "date"
                )
            );
    }

    /// <summary>Puts what a declaration says into a form.</summary>
    public static void Fill(FormAnswers answers, Derive act)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(act);
        answers.Answer("parents", string.Join(' ', act.Parents));
        answers.Answer("relation", FormAnswers.WordOf(act.Relation));
        answers.Answer("low", $"{act.ComputeLow}");
        answers.Answer("high", $"{act.ComputeHigh}");
        answers.Answer("safeguards", Word(act.SafeguardsRemoved));
        answers.Answer("capability", Word(act.CapabilityRaised));
        answers.Answer("published", FormAnswers.DayOf(act.PublishedOn));
    }

    /// <summary>The act that the answers make; null: something is wrong with one.</summary>
    public static Derive? Compose(FormAnswers answers, ReleaseId child, PartyId by)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var act = new Derive
        {
            Child = child,
            By = by,
            Parents = Parents(answers),
            Relation = answers.Word<Relation>("relation"),
            ComputeLow = answers.Figure("low"),
            ComputeHigh = answers.Figure("high"),
            SafeguardsRemoved = answers.Yes("safeguards"),
            CapabilityRaised = answers.Yes("capability"),
            PublishedOn = answers.Day("published"),
        };
        return answers.IsWrong ? null : act;
    }

    private static List<SubjectId> Parents(FormAnswers answers)
    {
        var parents = new List<SubjectId>();
        foreach (
            var word in answers
                .Needed("parents", Say("Name at least one model or release that it was made from"))
                .Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries)
        )
        {
            if (SubjectId.TryParse(word, out var parent))
            {
                parents.Add(parent);
            }
            else
            {
                answers.Errors["parents"] = Plainly(
                    $"Write ids such as R-0000-07WX or M-0000-07WX; '{word}' is none"
                );
            }
        }

        return parents;
    }

    private static Markup Question(FormAnswers answers, string name, string label) =>
        answers.Fields.Choice(
            "radio",
            name,
            label,
            Say("May be left out"),
            [answers[name]],
            [("yes", Say("Yes")), ("no", Say("No"))]
        );

    private static string Word(bool? answer) =>
        answer switch
        {
            true => "yes",
            false => "no",
            _ => "",
        };
}
