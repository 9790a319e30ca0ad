using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Cli.Ceremonies;
using Concord.Measures;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord officer</c>: has the roots name officers in the next key set. Roots whose keys lie
/// elsewhere sign by a ceremony; those of a sandbox sign at once. An officer appoints who works at
/// the authority without deciding.
/// </summary>
internal static class OfficerVerb
{
    private static readonly Argument<string[]> s_officers = new("INSTITUTION=FILE")
    {
        Description = "An institution, and the public half of its officer's key; several",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<StaffRole?> s_role = Values.Word<StaffRole>(
        "--role",
        "What it may do"
    );

    private static readonly Option<string?> s_name = Values.Text(
        "--name",
        "NAME",
        "What the key is for, no person's name [default: that of the file]"
    );

    private static readonly Option<string?> s_public = Values.Text(
        "--public",
        "FILE",
        "The public half of the key, as concord key new or the page /officers/passkey gives it"
    );

    private static readonly Option<Instant?> s_until = Values.Moment(
        "--until",
        "Until when, at most a year ahead [default: for 180 days]"
    );

    private static readonly TimeSpan s_usual = TimeSpan.FromDays(180);

    public static Command Create() =>
        new Command("officer", "Have the roots name officers, whose keys decide").With(
            new Command("add", "Name further officers in the next key set")
                .With(s_officers, Shared.Key, Shared.Receipts, Shared.Dry)
                .Does(AddAsync),
            new Command("appoint", "Give somebody of your institution a role at the authority")
                .With(s_role, s_name, s_public, s_until)
                .With(Shared.Key, Shared.Receipts, Shared.Dry)
                .Does(AppointAsync)
        );

    private static async Task<ExitCode> AppointAsync(Session session)
    {
        var role =
            session.Words.GetValue(s_role)
            ?? throw new CommandFault(
                ExitCode.Usage,
                "--role is missing.",
                "Say --role clerk, auditor or reader."
            );
        using var client = session.Connect();
        using var signatory = await Signatory.OneAsync(session, client);
        if (signatory.Speaker.Split('/') is not ["officer", var institution, _])
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"The key speaks for {signatory.Speaker}, and an officer appoints.",
                "Sign with the key of an officer of the institution."
            );
        }

        var key = PublicHalf.Read(session.Need(s_public));
        var act = new Appoint
        {
            Institution = institution,
            Name = session.Words.GetValue(s_name) ?? key.Name,
            Role = role,
            Key = key.Key,
            Until =
                session.Words.GetValue(s_until) ?? await Clock.TickAsync(session, client) + s_usual,
        };
        return await Filing.FileAsync(session, client, signatory, Composition.Of(act));
    }

    private static async Task<ExitCode> AddAsync(Session session)
    {
        var officers = CeremonyDrafts.Officers(
            session.Words.GetRequiredValue(s_officers),
            "concord officer add"
        );
        var act = CeremonyDrafts.NextKeySet(session, officers, []);
        using var client = session.Connect();
        var keys = Joint.Keys(session, act.Joint);
        return await Filing.FileJointAsync(session, client, keys, Composition.Of(act));
    }
}
