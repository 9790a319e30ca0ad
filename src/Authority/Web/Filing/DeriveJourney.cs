using Concord.Acts;
using Concord.Acts.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A developer declares what its release was made from.</summary>
public sealed class DeriveJourney : Journey
{
    /// <inheritdoc/>
    public override string Name => "derive";

    /// <inheritdoc/>
    public override string Title => Say("Declare a derivative");

    /// <inheritdoc/>
    public override string Lead =>
        Say("The maker of a release declares what it was made from, and how.");

    /// <inheritdoc/>
    public override string Command =>
        "concord derive RELEASE --from~PARENT --relation~fine_tune --key~KEY.pem";

    /// <inheritdoc/>
    public override bool HasAttachments => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields => ["child", .. DeriveForm.Fields];

    /// <inheritdoc/>
    public override PartyRole? Role => PartyRole.Developer;

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk) =>
        new Markup()
            .Add(
                answers.Fields.Text(
                    "child",
                    Say("Your release"),
                    Say("The derivative, by its id, such as R-0000-07WX"),
                    answers["child"]
                )
            )
            .Add(DeriveForm.Ask(answers));

    /// <inheritdoc/>
    public override Draft? Compose(FormAnswers answers, Desk desk)
    {
        var child = answers.Id<ReleaseId>(
            "child",
            Say("Write the id of your release, such as R-0000-07WX")
        );
        if (DeriveForm.Compose(answers, child, desk.Party) is not { } act)
        {
            return null;
        }

        var names = new Names(desk.World, isLinked: false);
        var from = Prose.List([.. act.Parents.Select(names.Subject)]).Plain();
        var what = names.Release(child).Plain();
        return new(
            act,
            Plainly(
                $"declares that {what} was made from {from} ({ActSentence.Word(act.Relation)})"
            ),
            Plainly($"declare what {what} was made from")
        );
    }

    /// <inheritdoc/>
    public override string FieldOf(string path) =>
        path switch
        {
            "$.child" => "child",
            "$.by" => "party",
            _ => DeriveForm.FieldOf(path),
        };
}
