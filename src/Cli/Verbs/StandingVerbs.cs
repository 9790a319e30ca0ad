using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord certify</c>, <c>suspend</c>, <c>restore-standing</c>: two officers decide on the
/// standing of a model or release.
/// </summary>
internal static class StandingVerbs
{
    private static readonly Argument<SubjectId?> s_target = Values.SubjectArgument(
        "TARGET",
        "A model (M-…) or a release (R-…)"
    );

    private static readonly Option<string?> s_reason = Values.Text("--reason", "TEXT", "Why");

    private static readonly Option<Instant?> s_until = Values.Moment("--until", "Until when");

    private static readonly Option<string[]> s_conditions = new("--condition")
    {
        HelpName = "TEXT",
        Description = "A condition of the certificate; repeat it for several",
    };

    public static Command Certify() =>
        Verb(
            "certify",
            "Certify a model or release; two officers sign",
            (session, joint, target, reason) =>
                new Certify
                {
                    Joint = joint,
                    Target = target,
                    Reason = reason,
                    Conditions = session.Words.GetValue(s_conditions) ?? [],
                    Until =
                        session.Words.GetValue(s_until)
                        ?? throw new CommandFault(
                            ExitCode.Usage,
                            "--until is missing.",
                            "A certificate ends: --until 2027-01-01"
                        ),
                },
            s_until,
            s_conditions
        );

    public static Command Suspend() =>
        Verb(
            "suspend",
            "Suspend a model or release; two officers sign",
            (session, joint, target, reason) =>
                new Suspend
                {
                    Joint = joint,
                    Target = target,
                    Reason = reason,
                    Until = session.Words.GetValue(s_until),
                },
            s_until
        );

    public static Command RestoreStanding() =>
        Verb(
            "restore-standing",
            "End a suspension; two officers sign",
            (_, joint, target, reason) =>
                new Restore
                {
                    Joint = joint,
                    Target = target,
                    Reason = reason,
                }
        );

    private static Command Verb(
        string name,
        string description,
        Func<Session, JointTerms, SubjectId, string, StandingAct> compose,
        params ReadOnlySpan<Symbol> options
    ) =>
        new Command(name, description)
            .With(s_target, s_reason)
            .With(options)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(async session =>
            {
                var reason = session.Need(s_reason);
                using var client = session.Connect();
                var joint = await Joint.OfOfficersAsync(session, client);
                var act = compose(session, joint, session.Words.GetValue(s_target)!.Value, reason);
                return await Filing.FileJointAsync(
                    session,
                    client,
                    Joint.Keys(session, joint),
                    Composition.Of(act)
                );
            });
}
