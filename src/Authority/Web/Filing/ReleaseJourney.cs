using Concord.Acts;
using Concord.Acts.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A developer declares a release of a model by the digests of its weights.</summary>
public sealed class ReleaseJourney : Journey
{
    /// <inheritdoc/>
    public override string Name => "release";

    /// <inheritdoc/>
    public override string Title => Say("Declare a release");

    /// <inheritdoc/>
    public override string Lead =>
        Say(
            "A developer declares each set of weights of its model by digests. The files stay with "
                + "you: they are hashed in this browser, or by you."
        );

    /// <inheritdoc/>
    public override string Command => "concord release MODEL FILE… --licence~SPDX --key~KEY.pem";

    /// <inheritdoc/>
    public override bool HasAttachments => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields => ["model", .. ReleaseForm.Fields];

    /// <inheritdoc/>
    public override bool IsPosted => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Ids => ["model"];

    /// <inheritdoc/>
    public override string? Script => "weights.js";

    /// <inheritdoc/>
    public override PartyRole? Role => PartyRole.Developer;

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk) =>
        new Markup()
            .Add(
                answers.Fields.Text(
                    "model",
                    Say("Model"),
                    Say("Its id in this register, such as M-0000-07WX"),
                    answers["model"]
                )
            )
            .Add(ReleaseForm.Ask(answers));

    /// <inheritdoc/>
    public override Draft? Compose(FormAnswers answers, Desk desk)
    {
        var model = answers.Id<ModelId>(
            "model",
            Say("Write the id of the model, such as M-0000-07WX")
        );
        if (ReleaseForm.Compose(answers, model) is not { } act)
        {
            return null;
        }

        var named = new Names(desk.World, isLinked: false).Model(model).Plain();
        return new(
            act,
            Plainly($"declares {act.Name}, a release of {named}"),
            Plainly($"declare {act.Name}")
        );
    }

    /// <inheritdoc/>
    public override string FieldOf(string path) =>
        path.StartsWith("$.model", StringComparison.Ordinal) ? "model" : ReleaseForm.FieldOf(path);
}
