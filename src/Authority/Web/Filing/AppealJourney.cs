using System.Buffers.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A party appeals a decision about it, or a refusal.</summary>
public sealed class AppealJourney : Journey
{
    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.against", "against"),
        ("$.refusal", "refusal"),
        ("$.sealed_part.refusal", "refusal"),
        ("$.sealed_part", "confidence"),
        ("$.grounds", "grounds"),
        ("$.asks_stay", "stay"),
        ("$.by", "party"),
    ];

    /// <inheritdoc/>
    public override string Name => "appeal";

    /// <inheritdoc/>
    public override string Title => Say("Appeal a decision");

    /// <inheritdoc/>
    public override string Lead =>
        Say(
            "Whoever is concerned by a suspension, by the conditions of a certificate or by a "
                + "refusal "
                + "appeals once. Others decide than those who decided what is appealed."
        );

    /// <inheritdoc/>
    public override string Command => "concord appeal DECISION --grounds~TEXT --key~KEY.pem";

    /// <inheritdoc/>
    public override bool HasAttachments => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields =>
        ["against", "refusal", "grounds", "confidence", "stay"];

    /// <inheritdoc/>
    public override bool IsPosted => true;

    /// <inheritdoc/>
    public override bool HasFile => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Ids => ["against"];

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk)
    {
        var fields = answers.Fields;
        return new Markup()
            .Add(
                fields.Text(
                    "against",
                    Say("Decision"),
                    Say("The suspension or certificate, by the id of its act, such as A-0000-07WX"),
                    answers["against"]
                )
            )
            .Add(
                fields.File(
                    "refusal",
                    Say("Or a signed refusal"),
                    answers["refusal"].Length > 0
                        ? Say("One is given; choose a file to give another")
                        : Say("The file that you kept when you were refused")
                )
            )
            .Add(Given(answers))
            .Add(
                fields.Area(
                    "grounds",
                    Say("Why, for everybody to read"),
                    Say("At most 4,000 characters"),
                    answers.Whole("grounds")
                )
            )
            .Add(
                fields.Area(
                    "confidence",
                    Say("Why, for the authorities alone"),
                    Say("Sealed; may be left out"),
                    answers.Whole("confidence")
                )
            )
            .Add(
                fields.Choice(
                    "checkbox",
                    "stay",
                    Say("Until it is decided"),
                    null,
                    answers.All("stay"),
                    [("yes", Say("Ask that the suspension have no effect"))]
                )
            );
    }

    /// <inheritdoc/>
    public override Draft? Compose(FormAnswers answers, Desk desk)
    {
        var refusal = answers.Text("refusal");
        ActId? against =
            refusal is null || answers["against"].Length > 0
                ? answers.Id<ActId>(
                    "against",
                    Say(
                        "Write the id of the decision, such as A-0000-07WX, or choose a signed "
                            + "refusal"
                    )
                )
                : null;
        var act = new Appeal
        {
            By = desk.Party,
            Against = against,
            Refusal = refusal is null ? null : DigestOf(refusal, answers),
            Grounds = answers.Needed("grounds", Say("Say why")),
            AsksStay = answers.Yes("stay"),
        };
        if (answers.IsWrong)
        {
            return null;
        }

        var what = against is { } id ? Plainly($"the decision {id}") : Say("a refusal");
        return new(act, Plainly($"appeals {what}"), Plainly($"appeal {what}"))
        {
            Part = Part(answers, desk),
        };
    }

    // A browser gives a file once; what it gave goes along until another is chosen.
    private static Markup Given(FormAnswers answers) =>
        answers.Text("refusal") is { } refusal
            ? new Markup().Empty(
                "input",
                ("type", "hidden"),
                ("name", "refusal"),
                ("value", refusal)
            )
            : new();

    private static AppealGrounds? Part(FormAnswers answers, Desk desk) =>
        answers.Text("confidence") is null && answers.Text("refusal") is null
            ? null
            : new()
            {
                Salt = desk.Salt,
                Grounds = answers.Text("confidence"),
                Refusal = answers.Text("refusal"),
            };

    private static Digest? DigestOf(string refusal, FormAnswers answers)
    {
        if (Base64Url.IsValid(refusal))
        {
            return Digest.Of(Base64Url.DecodeFromChars(refusal));
        }

        answers.Errors["refusal"] = Say("Choose the file of the signed refusal");
        return null;
    }

    /// <inheritdoc/>
    public override string FieldOf(string path) => Places.FieldOf(s_places, path);
}
