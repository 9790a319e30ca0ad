using System.CommandLine;
using Concord.Acts;
using Concord.Measures;

namespace Concord.Cli.Verbs;

/// <summary><c>concord party delegate</c>: lets another party file in one's own name.</summary>
internal static class DelegateVerb
{
    private static readonly TimeSpan s_usual = TimeSpan.FromDays(365);

    private static readonly Argument<PartyId?> s_to = Values.IdArgument<PartyId>(
        "PARTY",
        "The party that may file in your party's name, P-…"
    );

    private static readonly Option<string[]> s_acts = Values.Set(
        "--act",
        "NAME",
        "What it may file, such as registry/register-model; several by commas"
    );

    private static readonly Option<Instant?> s_until = Values.Moment(
        "--until",
        "Until when, at most two years ahead [default: for a year]"
    );

    private static readonly Option<bool> s_end = new("--end")
    {
        Description = "Let it file nothing any more",
    };

    public static Command Create() =>
        new Command("delegate", "Let another party, such as a law firm, file in your name")
            .With(s_to, s_acts, s_until, s_end)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(DelegateAsync);

    private static async Task<ExitCode> DelegateAsync(Session session)
    {
        var isEnd = session.Words.GetValue(s_end);
        var acts = session.Words.GetValue(s_acts) ?? [];
        var until = session.Words.GetValue(s_until);
        if (isEnd != (acts.Length == 0) || (isEnd && until is not null))
        {
            throw new CommandFault(
                ExitCode.Usage,
                "Either it may file something until a day, or it is ended.",
                "Say --act NAME, with --until DATE or without, or --end alone."
            );
        }

        using var client = session.Connect();
        using var signatory = await Signatory.OneAsync(session, client);
        var act = new Concord.Acts.Network.DelegateAct
        {
            Party = signatory.Party,
            To = session.Words.GetValue(s_to)!.Value,
            Acts = acts,
            Until = until ?? await Clock.TickAsync(session, client) + s_usual,
        };
        return await Filing.FileAsync(session, client, signatory, Composition.Of(act));
    }
}
