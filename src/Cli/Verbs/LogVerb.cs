using System.CommandLine;
using Concord.Authority.Witnesses;

namespace Concord.Cli.Verbs;

/// <summary><c>concord log</c>: what strangers need to check the log.</summary>
internal static class LogVerb
{
    private static readonly Option<bool> s_witnesses = new("--witnesses")
    {
        Description = "Print the verifier keys of its witnesses instead, one a line",
    };

    public static Command Create() =>
        new Command("log", "What strangers need to check the log").With(
            new Command("vkey", "Print the log's verifier key (C2SP signed note)")
                .With(s_witnesses)
                .Does(VkeyAsync)
        );

    private static async Task<ExitCode> VkeyAsync(Session session)
    {
        if (session.Words.GetValue(s_witnesses))
        {
            return await WitnessesAsync(session);
        }

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

    private static async Task<ExitCode> WitnessesAsync(Session session)
    {
        var keys = await WitnessKeysAsync(session);
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("witnesses");
            foreach (var key in keys)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        if (!session.Terminal.IsJson)
        {
            foreach (var key in keys)
            {
                session.Terminal.Print(key);
            }
        }

        return keys.Count > 0 ? ExitCode.Done : ExitCode.None;
    }

    private static async Task<IReadOnlyList<string>> WitnessKeysAsync(Session session)
    {
        if (session.Words.GetValue(Shared.Authority) is null)
        {
            _ = session.File;
            return WitnessPolicy.Read(session.Folder) is { } policy
                ? [.. policy.Witnesses.Select(key => key.ToString())]
                : [];
        }

        using var client = session.Connect();
        var answer = await client.GetAsync("log/witnesses", session.Cancel);
        return
        [
            .. answer
                .GetProperty("witnesses")
                .EnumerateArray()
                .Select(one => one.GetProperty("verifier_key").GetString()!),
        ];
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
