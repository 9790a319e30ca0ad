using Concord.Ledger;

namespace Concord.Cli;

/// <summary>
/// The root over the acts of a file that a passkey signs by one touch: what a page shows, computed
/// by a program that is not the page's.
/// </summary>
internal static class BatchRoot
{
    /// <summary>Prints it.</summary>
    /// <param name="session">What is said and where.</param>
    /// <param name="client">Who is asked for the passkey.</param>
    /// <param name="passkey">Its thumbprint.</param>
    /// <param name="acts">The rows, in their order.</param>
    public static async Task<ExitCode> SayAsync(
        Session session,
        AuthorityClient client,
        string passkey,
        IEnumerable<Composition> acts
    )
    {
        if (!KeyId.TryParse(passkey, out var key))
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"'{passkey}' is no thumbprint of a key.",
                "The page that signs names it: 64 digits and small letters."
            );
        }

        // All that the authority says is in whose name; the line below says it again.
        var known = await client.GetAsync($"keys/{key}", session.Cancel);
        var issuer = known.GetProperty("issuer").GetString()!;
        var tree = BatchPlace.TreeOf(
            acts.Select(act => act.ToRow().StatementOf(issuer, key, SignerKind.Webauthn).Id)
        );
        if (tree.Size > BatchPlace.Most)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"The file has {tree.Size} rows; one touch signs {BatchPlace.Most} at most.",
                "Divide it."
            );
        }

        var root = tree.Root(tree.Size);
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("acts", tree.Size);
            json.WriteString("root", root.ToHex());
            json.WriteString("issuer", issuer);
            json.WriteEndObject();
        });
        session.Terminal.Fact("acts", $"{tree.Size}, in the name of {issuer}");
        session.Terminal.Fact("root", root.ToHex());
        return ExitCode.Done;
    }
}
