using System.CommandLine;

namespace Concord.Cli.Verbs;

/// <summary><c>concord log</c>: what strangers need to check the log.</summary>
internal static class LogVerb
{
    public static Command Create() =>
        new Command("log", "What strangers need to check the log").With(
            new Command("vkey", "Print the log's verifier key (C2SP signed note)").Does(VkeyAsync)
        );

    private static async Task<ExitCode> VkeyAsync(Session session)
    {
        var (key, origin) = await KeyAsync(session);
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("origin", origin);
            json.WriteString("verifier_key", key);
            json.WriteEndObject();
        });
        if (!session.Terminal.IsJson)
        {
            session.Terminal.Print(key ?? string.Empty);
        }

        return ExitCode.Done;
    }

    private static async Task<(string? Key, string? Origin)> KeyAsync(Session session)
    {
        if (session.Words.GetValue(Shared.Authority) is null)
        {
            return (session.File.VerifierKey, session.File.Origin);
        }

        using var client = session.Connect();
        var authority = await client.GetAsync("authority", session.Cancel);
        return (
            authority.GetProperty("verifier_key").GetString(),
            authority.GetProperty("origin").GetString()
        );
    }
}
