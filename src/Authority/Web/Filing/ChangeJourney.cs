using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Rooms.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>
/// A party changes what it filed: what became otherwise is amended, what was wrong is corrected.
/// The form is that of what is changed, with what it says now.
/// </summary>
/// <param name="isCorrection">Whether it was wrong when it was filed.</param>
public sealed class ChangeJourney(bool isCorrection) : Journey
{
    private const string Changes = "$.changes";

    /// <inheritdoc/>
    public override string Name => isCorrection ? "correct" : "amend";

    /// <inheritdoc/>
    public override string Title =>
        isCorrection ? Say("Correct what you filed") : Say("Amend what you filed");

    /// <inheritdoc/>
    public override string Lead =>
        isCorrection
            ? Say("Something that you filed was wrong from the beginning. The history stays.")
            : Say("Something that you filed has become otherwise since. The history stays.");

    /// <inheritdoc/>
    public override string Command =>
        $"concord {Name} ACT --set~MEMBER=VALUE --reason~TEXT --key~KEY.pem";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields =>
        [
            "target",
            "reason",
            .. ModelForm.Fields,
            .. ReleaseForm.Fields.Except(ModelForm.Fields, StringComparer.Ordinal),
            .. DeriveForm.Fields.Except(ModelForm.Fields, StringComparer.Ordinal),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Ids => ["target"];

    /// <inheritdoc/>
    public override bool IsPosted => true;

    /// <inheritdoc/>
    public override string? Script => "weights.js";

    /// <inheritdoc/>
    public override bool IsFirst(FormAnswers answers, Desk desk) => Before(answers, desk) is null;

    /// <inheritdoc/>
    public override void Begin(FormAnswers answers, Desk desk)
    {
        if (answers["target"].Length == 0)
        {
            return;
        }

        switch (Before(answers, desk))
        {
            case RegisterModel model:
                ModelForm.Fill(answers, model);
                break;
            case Release release:
                ReleaseForm.Fill(answers, release);
                break;
            case Derive derive:
                DeriveForm.Fill(answers, derive);
                break;
            default:
                answers.Errors["target"] = Plainly(
                    $"{answers["target"]} is no registration, release or derivation in force; "
                        + $"write the id of one that you filed"
                );
                break;
        }
    }

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk)
    {
        var form = new Markup().Add(
            answers.Fields.Text(
                "target",
                Say("What you change"),
                Say("The id of the act, such as A-0000-07WX, or of the model or release it made"),
                answers["target"]
            )
        );
        var fields = Before(answers, desk) switch
        {
            RegisterModel model => ModelForm.Ask(answers, desk.World, HasOneFigure(model)),
            Release => ReleaseForm.Ask(answers),
            Derive => DeriveForm.Ask(answers),
            _ => null,
        };
        return fields is null
            ? form
            : form.Add(fields)
                .Add(
                    answers.Fields.Text(
                        "reason",
                        Say("Why"),
                        Say("Everybody can read it"),
                        answers["reason"]
                    )
                );
    }

    /// <inheritdoc/>
    public override Draft? Compose(FormAnswers answers, Desk desk)
    {
        var target = Targets.Of(answers);
        var before = Before(answers, desk);
        Act? now = before switch
        {
            RegisterModel model => Merge(model, ModelForm.Compose(answers, model.Developer)),
            Release release => ReleaseForm.Compose(answers, release.Model) is { } made
                ? made with
                {
                    Attachments = release.Attachments,
                }
                : null,
            Derive derive => DeriveForm.Compose(answers, derive.Child, derive.By) is { } made
                ? made with
                {
                    Attachments = derive.Attachments,
                }
                : null,
            _ => null,
        };
        var reason = answers.Needed("reason", Say("Say why"));
        if (before is null || now is null || target is not { } id || answers.IsWrong)
        {
            return null;
        }

        if (Change.Between(before, now) is not { } changes)
        {
            answers.Errors[""] = Say("Nothing is changed. Change an answer, then check again");
            return null;
        }

        var what = Targets.Words(desk.World, id);
        Act act = isCorrection
            ? new Correct
            {
                Target = id,
                Changes = changes,
                Reason = reason,
            }
            : new Amend
            {
                Target = id,
                Changes = changes,
                Reason = reason,
            };
        return isCorrection
            ? new(act, Plainly($"corrects {what}"), Plainly($"correct {what}"))
            : new(act, Plainly($"amends {what}"), Plainly($"amend {what}"));
    }

    /// <inheritdoc/>
    public override string FieldOf(string path)
    {
        if (path is "$.reason" or "$.target")
        {
            return path[2..];
        }

        var member = path.StartsWith(Changes, StringComparison.Ordinal)
            ? $"${path[Changes.Length..]}"
            : path;
        // Two forms have a member of one name: a page has the field of but one of them.
        return ModelForm.FieldOf(member) is { Length: > 0 } field ? field
            : ReleaseForm.FieldOf(member) is { Length: > 0 } other ? other
            : DeriveForm.FieldOf(member);
    }

    private static Act? Before(FormAnswers answers, Desk desk) =>
        answers["target"].Length > 0 && Targets.Of(answers) is { } id
            ? Targets.Now(desk.World, id)
            : null;

    // More figures than one are changed by the command line, which keeps how each was computed.
    private static bool HasOneFigure(RegisterModel act) => act.TrainingCompute.Count < 2;

    // What the form does not ask stays as it is.
    private static RegisterModel? Merge(RegisterModel before, RegisterModel? now) =>
        now is null
            ? null
            : before with
            {
                Name = now.Name,
                Version = now.Version,
                Parameters = now.Parameters,
                ModalityOut = now.ModalityOut,
                Training = now.Training,
                IntendedRelease = now.IntendedRelease,
                TrainingCompute = HasOneFigure(before)
                    ? Figures(before.TrainingCompute, now.TrainingCompute)
                    : before.TrainingCompute,
            };

    private static IReadOnlyList<ComputeClaim> Figures(
        IReadOnlyList<ComputeClaim> before,
        IReadOnlyList<ComputeClaim> now
    ) =>
        before is [var old] && now is [var one] && old with { KnownAt = null } == one
            ? before
            : now;
}
