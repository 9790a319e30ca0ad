using System.Buffers.Text;
using System.CommandLine;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord key recover</c>: gives a party that lost every administrator's key a new one.
/// </summary>
internal static class KeyRecovery
{
    private static readonly Argument<PartyId?> s_party = Values.IdArgument<PartyId>(
        "PARTY",
        "The party, P-…"
    );

    private static readonly Argument<FileInfo> s_key = new("KEY.json")
    {
        Description = "The public half of its new key, as `concord key show FILE --json` prints it",
    };

    private static readonly Option<string?> s_holder = Values.Text(
        "--holder",
        "TEXT",
        "Who holds it: a function, not a name"
    );

    private static readonly Option<string?> s_reason = Values.Text(
        "--reason",
        "TEXT",
        "How it is known that the party asks for it"
    );

    public static Command Create() =>
        new Command("recover", "Give a party that lost its keys a new one; officers sign")
            .With(s_party, s_key, s_holder, s_reason)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(RecoverAsync);

    private static async Task<ExitCode> RecoverAsync(Session session)
    {
        using var client = session.Connect();
        var act = new RecoverKeys
        {
            Joint = await Joint.OfInstitutionsAsync(session, client),
            Party = session.Words.GetValue(s_party)!.Value,
            Key = new()
            {
                Key = Read(session.Words.GetRequiredValue(s_key)),
                Holder = session.Need(s_holder),
                Role = KeyRole.Administrator,
            },
            Reason = session.Need(s_reason),
        };
        var keys = Joint.Keys(session, act.Joint);
        var code = await Filing.FileJointAsync(session, client, keys, Composition.Of(act));
        session.Terminal.Note(
            $"  The key {act.Key.Key.Id} speaks a week after the last signature. Any key that the "
                + "party still has ends it until then: concord key revoke"
        );
        return code;
    }

    private static PublicKey Read(FileInfo file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            var jwk = json.RootElement.GetProperty("jwk");
            return PublicKey.Cose(Coordinate(jwk, "x"), Coordinate(jwk, "y"));
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or FormatException
                        or InvalidOperationException
                        or System.Security.Cryptography.CryptographicException
                        or ArgumentException
            )
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{file.Name} is not the public half of a P-256 key: {e.Message}",
                "The party prints it: concord key show FILE --json > KEY.json"
            );
        }
    }

    private static byte[] Coordinate(JsonElement jwk, string name) =>
        Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());
}
