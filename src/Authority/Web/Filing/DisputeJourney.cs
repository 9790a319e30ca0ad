using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Authority.Web.Subjects;
using Concord.Rooms.Lineage;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A party objects to what others say of its weights.</summary>
public sealed class DisputeJourney : Journey
{
    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.target", "target"),
        ("$.side", "side"),
        ("$.grounds", "grounds"),
    ];

    /// <inheritdoc/>
    public override string Name => "dispute";

    /// <inheritdoc/>
    public override string Title => Say("Dispute a match");

    /// <inheritdoc/>
    public override string Lead =>
        Say(
            "Whoever answers for one side of a match, or for the release of a fingerprint, objects "
                + "to it once. Nothing is taken away by that: both sides stay visible, and the "
                + "match is marked as disputed."
        );

    /// <inheritdoc/>
    public override string Command => "concord file DISPUTE.json --key~KEY.pem";

    /// <inheritdoc/>
    public override bool HasAttachments => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields => ["target", "side", "grounds"];

    /// <inheritdoc/>
    public override bool IsPosted => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Ids => ["target"];

    /// <inheritdoc/>
    public override void Begin(FormAnswers answers, Desk desk)
    {
        if (answers["side"].Length > 0 || Target(answers) is not { } target)
        {
            return;
        }

        // That what nobody has registered is theirs, people say themselves.
        var own = Objectors.Of(desk.World, target).Where(one => one.Party == desk.Party).ToList();
        if (own is [var (side, _), ..])
        {
            answers.Answer("side", FormAnswers.WordOf(side));
        }
    }

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk)
    {
        var fields = answers.Fields;
        var form = new Markup();
        if (Target(answers) is { } target && DisputeWords.Disputed(desk.World, target) is { } said)
        {
            form.Add(said);
        }

        return form.Add(
                fields.Text(
                    "target",
                    Say("What you object to"),
                    Say(
                        "The id of the evidence, report of a copy or fingerprint, such as "
                            + "A-0000-07WX"
                    ),
                    answers["target"]
                )
            )
            .Add(
                fields.Choice(
                    "radio",
                    "side",
                    Say("The side that you answer for"),
                    Say("Of a fingerprint, either"),
                    [answers["side"]],
                    Enum.GetValues<DisputeSide>()
                        .Select(one =>
                            (FormAnswers.WordOf(one), Prose.Capital(MatchWords.SideOf(one)))
                        )
                )
            )
            .Add(
                fields.Area(
                    "grounds",
                    Say("Why, for everybody to read"),
                    Say("At most 8,000 characters"),
                    answers.Whole("grounds")
                )
            );
    }

    /// <inheritdoc/>
    public override Draft? Compose(FormAnswers answers, Desk desk)
    {
        var act = new Dispute
        {
            By = desk.Party,
            Target = answers.Id<ActId>(
                "target",
                Say("Write the id of what you object to, such as A-0000-07WX")
            ),
            Side = answers.Word<DisputeSide>("side"),
            Grounds = answers.Needed("grounds", Say("Say why")),
        };
        if (answers.IsWrong)
        {
            return null;
        }

        var what = DisputeWords.Named(desk.World, act.Target);
        return new(act, Plainly($"objects to {what}"), Plainly($"object to {act.Target}"));
    }

    /// <inheritdoc/>
    public override string FieldOf(string path) => Places.FieldOf(s_places, path);

    private static ActId? Target(FormAnswers answers) =>
        ShortId.TryParse(answers["target"], ActId.Letter, out var index) ? new(index) : null;
}
