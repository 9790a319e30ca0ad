using Concord.Acts.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A developer registers a model.</summary>
public sealed class RegisterModelJourney : Journey
{
    /// <inheritdoc/>
    public override string Name => "register-model";

    /// <inheritdoc/>
    public override string Title => Say("Register a model");

    /// <inheritdoc/>
    public override string Lead =>
        Say(
            "A developer registers a model that it made. What is stated in confidence and further "
                + "facts are filed by the command line, or by a later act."
        );

    /// <inheritdoc/>
    public override string Command => "concord register NAME --modality~text --key~KEY.pem";

    /// <inheritdoc/>
    public override bool HasAttachments => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields => ModelForm.Fields;

    /// <inheritdoc/>
    public override PartyRole? Role => PartyRole.Developer;

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk) =>
        ModelForm.Ask(answers, desk.World);

    /// <inheritdoc/>
    public override Draft? Compose(FormAnswers answers, Desk desk)
    {
        var what = $"{answers["name"]} {answers["version"]}".TrimEnd();
        return ModelForm.Compose(answers, desk.Party) is { } act
            ? new(act, Plainly($"registers {what}"), Plainly($"register {what}"))
            : null;
    }

    /// <inheritdoc/>
    public override string FieldOf(string path) => ModelForm.FieldOf(path);
}
