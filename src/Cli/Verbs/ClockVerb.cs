using System.CommandLine;
using Concord.Acts.Network;
using Concord.Measures;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord clock resume</c>: officers let the authority's clock go on after a stop of more than
/// two hours.
/// </summary>
internal static class ClockVerb
{
    private static readonly Option<string?> s_reason = Values.Text(
        "--reason",
        "TEXT",
        "What happened, in a sentence"
    );

    private static readonly Option<Instant?> s_to = Values.Moment(
        "--to",
        "The time from which ticks go on [default: now, by this machine's clock]"
    );

    public static Command Create() =>
        new Command("clock", "Let the authority's clock go on").With(
            new Command("resume", "Sign the step of the clock; officers of k institutions sign")
                .With(s_reason, s_to, Shared.Key, Shared.Receipts, Shared.Dry)
                .Does(ResumeAsync)
        );

    private static async Task<ExitCode> ResumeAsync(Session session)
    {
        var reason = session.Need(s_reason);
        using var client = session.Connect();
        var from = await Clock.TickAsync(session, client);
        var to = session.Words.GetValue(s_to) ?? Instant.From(TimeProvider.System.GetUtcNow());
        var joint = await Joint.OfInstitutionsAsync(session, client);
        session.Terminal.Fact("from", $"{from}  (the last tick)");
        session.Terminal.Fact("to", $"{to}");
        var act = new ResumeClock
        {
            Joint = joint,
            From = from,
            To = to,
            Reason = reason,
        };
        return await Filing.FileJointAsync(
            session,
            client,
            Joint.Keys(session, joint),
            Composition.Of(act)
        );
    }
}
