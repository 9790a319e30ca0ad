using System.CommandLine;
using Concord.Acts;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord officer</c>: has the roots name officers in the next key set. Roots whose keys lie
/// elsewhere sign by a ceremony; those of a sandbox sign at once.
/// </summary>
internal static class OfficerVerb
{
    private static readonly Argument<string[]> s_officers = new("INSTITUTION=FILE")
    {
        Description = "An institution, and the public half of its officer's key; several",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create() =>
        new Command("officer", "Have the roots name officers, whose keys decide").With(
            new Command("add", "Name further officers in the next key set")
                .With(s_officers, Shared.Key, Shared.Receipts, Shared.Dry)
                .Does(AddAsync)
        );

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
