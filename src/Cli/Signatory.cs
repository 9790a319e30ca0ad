using Concord.Acts;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>A private key and whom it speaks for at an authority.</summary>
/// <param name="Key">The key.</param>
/// <param name="Issuer">The claim iss: <c>{origin}#{speaker}</c>.</param>
internal sealed record Signatory(StatementSigner Key, string Issuer) : IDisposable
{
    /// <summary>The part of the issuer after <c>#</c>.</summary>
    public string Speaker => Issuer[(Issuer.LastIndexOf('#') + 1)..];

    /// <summary>The party that it speaks for.</summary>
    /// <exception cref="CommandFault">It speaks for none.</exception>
    public PartyId Party =>
        ShortId.TryParse(Speaker, PartyId.Letter, out var index)
            ? new(index)
            : throw new CommandFault(
                ExitCode.NotSo,
                $"The key speaks for {Speaker}, and this act is signed by a party.",
                "Sign with the key of an admitted party: concord party new."
            );

    /// <summary>Finds out whom a key speaks for.</summary>
    public static async Task<Signatory> FindAsync(
        Session session,
        AuthorityClient client,
        string file
    )
    {
        var key = session.ReadKey(file);
        try
        {
            var known = await client.GetAsync($"keys/{key.PublicKey.Id}", session.Cancel);
            var issuer =
                known.GetProperty("issuer").GetString()
                ?? throw new CommandFault(ExitCode.Unavailable, "The answer names no issuer.");
            return new(
                key,
                session.Words.GetValue(Shared.For) is { } party
                    ? $"{issuer[..issuer.LastIndexOf('#')]}#{party}"
                    : issuer
            );
        }
        catch (CommandFault fault) when (fault.Code == ExitCode.None)
        {
            var id = key.PublicKey.Id;
            key.Dispose();
            throw new CommandFault(
                ExitCode.None,
                $"The authority does not know the key in {file} ({id.ToString()[..16]}…).",
                "Have your organisation admitted with it: concord party new NAME --country CC "
                    + $"--role developer --key {file}"
            );
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The one key that was named with <c>--key</c>, and whom it speaks for.</summary>
    public static Task<Signatory> OneAsync(Session session, AuthorityClient client)
    {
        var files = Files(session);
        return files.Count == 1
            ? FindAsync(session, client, files[0])
            : throw new CommandFault(
                ExitCode.Usage,
                $"This act is signed by one key, and {files.Count} were named.",
                "Name one with --key FILE."
            );
    }

    /// <summary>The key files that were named, or the one of the environment.</summary>
    public static IReadOnlyList<string> Files(Session session)
    {
        if (session.Words.GetValue(Shared.Key) is { Length: > 0 } named)
        {
            return named;
        }

        return Environment.GetEnvironmentVariable("CONCORD_KEY") is { Length: > 0 } file
            ? [file]
            : throw new CommandFault(
                ExitCode.Usage,
                "Nothing says which key signs.",
                "Name it with --key FILE, or in the variable CONCORD_KEY; make one with "
                    + "`concord key new NAME`."
            );
    }

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}
