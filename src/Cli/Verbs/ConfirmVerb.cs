using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord confirm</c>: who said something by a key that was in other hands stands by it.
/// </summary>
internal static class ConfirmVerb
{
    private static readonly Argument<ActId?> s_act = Values.IdArgument<ActId>(
        "ACT",
        "The contested act, A-…; of a joint act, the signature"
    );

    private static readonly Option<string?> s_reason = Values.Text(
        "--reason",
        "TEXT",
        "How it is known that it was meant"
    );

    public static Command Create() =>
        new Command("confirm", "Stand by an act that a key in other hands has signed")
            .With(s_act, s_reason, Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(ConfirmAsync);

    // What is confirmed is read from the statement itself: the server's word is not needed for it.
    private static async Task<ExitCode> ConfirmAsync(Session session)
    {
        var target = session.Words.GetValue(s_act)!.Value;
        var reason = session.Need(s_reason);
        using var client = session.Connect();
        var bytes = await client.BytesAsync(
            $"acts/{target}/statement",
            "application/cose",
            session.Cancel
        );
        if (bytes is null || !Statement.TryParse(bytes, out var statement, out _))
        {
            throw new CommandFault(
                ExitCode.None,
                $"There is no act {target} at {client.Url}.",
                "Give its id as its page shows it."
            );
        }

        var digest = statement.IsEnvelope
            ? new Digest(statement.Payload.Span)
            : Digest.Of(statement.Payload.Span);
        session.Terminal.Fact("confirms", Markup.Escape($"{target} by {statement.Issuer}"));
        session.Terminal.Fact("body", digest.ToString());
        return await Filing.FileAsync(
            session,
            new Confirm
            {
                Target = target,
                ActDigest = digest,
                Key = statement.Key,
                Reason = reason,
            }
        );
    }
}
