using System.Buffers.Text;
using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord appeal</c> and <c>decide-appeal</c>: a party asks others than the deciders to decide
/// again.
/// </summary>
internal static class AppealVerbs
{
    private static readonly Argument<string> s_against = new("DECISION")
    {
        Description = "The suspension or certificate, A-…, or the file of a signed refusal",
    };

    private static readonly Option<string?> s_grounds = Values.Text(
        "--grounds",
        "TEXT",
        "Why, for everybody to read"
    );

    private static readonly Option<string?> s_sealedGrounds = Values.Text(
        "--grounds-in-confidence",
        "TEXT",
        "Why, for the authorities alone"
    );

    private static readonly Option<bool> s_stay = new("--ask-stay")
    {
        Description = "Ask that the suspension have no effect until the appeal is decided",
    };

    private static readonly Argument<ActId?> s_appeal = Values.IdArgument<ActId>(
        "APPEAL",
        "The appeal, A-…"
    );

    private static readonly Option<AppealOutcome?> s_outcome = Values.Word<AppealOutcome>(
        "--outcome",
        "What becomes of it"
    );

    private static readonly Option<string?> s_reason = Values.Text(
        "--reason",
        "TEXT",
        "Why, for everybody to read"
    );

    private static readonly Option<string?> s_sealedReason = Values.Text(
        "--reason-in-confidence",
        "TEXT",
        "Why, for who appealed and the authorities alone"
    );

    public static Command Appeal() =>
        new Command("appeal", "Appeal a suspension, a certificate's conditions or a refusal")
            .With(s_against, s_grounds, s_sealedGrounds, s_stay)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(session =>
                Filing.FileAsync(session, signatory => AppealAsync(session, signatory))
            );

    public static Command Decide() =>
        new Command("decide-appeal", "Decide an appeal; officers sign who had no part in it")
            .With(s_appeal, s_outcome, s_reason, s_sealedReason)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(DecideAsync);

    private static async Task<Composition> AppealAsync(Session session, Signatory signatory)
    {
        var word = session.Words.GetRequiredValue(s_against);
        var isAct = ShortId.TryParse(word, ActId.Letter, out var index);
        var refusal = isAct ? null : await File.ReadAllBytesAsync(word, session.Cancel);
        var part = new AppealGrounds
        {
            Salt = Composition.NewSalt(),
            Grounds = session.Words.GetValue(s_sealedGrounds),
            Refusal = refusal is null ? null : Base64Url.EncodeToString(refusal),
        };
        var act = new Appeal
        {
            By = signatory.Party,
            Against = isAct ? new ActId(index) : null,
            Refusal = refusal is null ? null : Digest.Of(refusal),
            Grounds = session.Need(s_grounds),
            AsksStay = session.Words.GetValue(s_stay) ? true : null,
        };
        return part.Grounds is null && part.Refusal is null
            ? Composition.Of(act)
            : Composition.Of(part, digest => act with { SealedPart = digest });
    }

    private static async Task<ExitCode> DecideAsync(Session session)
    {
        using var client = session.Connect();
        var act = new DecideAppeal
        {
            Joint = await Joint.OfInstitutionsAsync(session, client),
            Appeal = session.Words.GetValue(s_appeal)!.Value,
            Outcome =
                session.Words.GetValue(s_outcome)
                ?? throw new CommandFault(
                    ExitCode.Usage,
                    "--outcome is missing.",
                    "Say what becomes of it: --outcome upheld"
                ),
            Reason = session.Need(s_reason),
        };
        var composition = session.Words.GetValue(s_sealedReason) is { } reasons
            ? Composition.Of(
                new AppealReasons { Salt = Composition.NewSalt(), Reasons = reasons },
                digest => act with { SealedPart = digest }
            )
            : Composition.Of(act);

        // Who may sign depends on who decided before, so no keys are taken out of a sandbox here.
        return await Filing.FileJointAsync(session, client, Signatory.Files(session), composition);
    }
}
