using Concord.Acts.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A party takes back what it filed.</summary>
public sealed class WithdrawJourney : Journey
{
    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.target", "target"),
        ("$.reason", "reason"),
    ];

    /// <inheritdoc/>
    public override string Name => "withdraw";

    /// <inheritdoc/>
    public override string Title => Say("Withdraw what you filed");

    /// <inheritdoc/>
    public override string Lead =>
        Say(
            "You take back a registration, release, derivation or deployment that you filed. "
                + "What was "
                + "said stays in the log; it holds no more."
        );

    /// <inheritdoc/>
    public override string Command => "concord withdraw ACT --reason~TEXT --key~KEY.pem";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields => ["target", "reason"];

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk) =>
        new Markup()
            .Add(
                answers.Fields.Text(
                    "target",
                    Say("What you withdraw"),
                    Say(
                        "The id of the act, such as A-0000-07WX, or of the model or release it made"
                    ),
                    answers["target"]
                )
            )
            .Add(
                answers.Fields.Text(
                    "reason",
                    Say("Why"),
                    Say("Everybody can read it"),
                    answers["reason"]
                )
            );

    /// <inheritdoc/>
    public override Draft? Compose(FormAnswers answers, Desk desk)
    {
        var target = Targets.Of(answers);
        var reason = answers.Needed("reason", Say("Say why"));
        if (target is not { } id || answers.IsWrong)
        {
            return null;
        }

        var what = Targets.Words(desk.World, id);
        return new(
            new Withdraw { Target = id, Reason = reason },
            Plainly($"withdraws {what}"),
            Plainly($"withdraw {what}")
        )
        {
            // Who filed a sealed act is told what it is when it has signed.
            AsksLaw = Targets.IsPublic(desk.World, id),
        };
    }

    /// <inheritdoc/>
    public override string FieldOf(string path) => Places.FieldOf(s_places, path);
}
