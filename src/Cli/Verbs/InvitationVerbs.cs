using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Measures;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord party invite</c>, <c>party invitations</c>, <c>key join</c> and <c>key revoke</c>:
/// how a party gets and ends further keys.
/// </summary>
internal static class InvitationVerbs
{
    private const string DefaultFile = "invitation.code";

    private static readonly TimeSpan s_usual = TimeSpan.FromDays(7);

    private static readonly Argument<string> s_holder = new("HOLDER")
    {
        Description = "Who is to hold the key: a function, not a person",
    };

    private static readonly Option<KeyRole?> s_role = Values.Word<KeyRole>(
        "--role",
        "What the key will be allowed to do"
    );

    private static readonly Option<Instant?> s_until = Values.Moment(
        "--until",
        "Until when it can be accepted, at most 30 days ahead [default: in a week]"
    );

    private static readonly Option<string?> s_out = Values.Text(
        "--out",
        "FILE",
        $"The file, for you alone, that the code is written to [default: {DefaultFile}]"
    );

    private static readonly Argument<ActId?> s_invitation = Values.IdArgument<ActId>(
        "INVITATION",
        "The invitation, A-…"
    );

    private static readonly Option<string?> s_code = Values.Text(
        "--code",
        "FILE",
        "The file with the one-time code, or the code itself"
    );

    private static readonly Argument<string> s_key = new("THUMBPRINT")
    {
        Description = "The key, or the code's key of an invitation, in 64 hexadecimal digits",
    };

    private static readonly Option<string?> s_reason = Values.Text("--reason", "TEXT", "Why");

    private static readonly Option<Instant?> s_since = Values.Moment(
        "--compromised-since",
        "What the key signed since then is in doubt"
    );

    public static Command Invite() =>
        new Command("invite", "Invite somebody to add a key of their own, by a one-time code")
            .With(s_holder, s_role, s_until, s_out)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(InviteAsync);

    public static Command Invitations() =>
        new Command("invitations", "Show your party's invitations; administrators alone may")
            .With(Shared.Key)
            .Does(ShowAsync);

    public static Command Join() =>
        new Command("join", "Add your new key to the party that invited you")
            .With(s_invitation, s_code)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(JoinAsync);

    public static Command Revoke() =>
        new Command(
            "revoke",
            "End a key of your party, as an officer a colleague's, as a root an officer's; or "
                + "withdraw an invitation"
        )
            .With(s_key, s_reason, s_since)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(session =>
                Filing.FileAsync(
                    session,
                    new RevokeKey
                    {
                        Key = ReadKeyId(session.Words.GetRequiredValue(s_key)),
                        Reason = session.Need(s_reason),
                        CompromisedSince = session.Words.GetValue(s_since),
                    }
                )
            );

    private static async Task<ExitCode> InviteAsync(Session session)
    {
        var file = session.Words.GetValue(s_out) ?? DefaultFile;
        var role =
            session.Words.GetValue(s_role)
            ?? throw new CommandFault(
                ExitCode.Usage,
                "--role is missing.",
                "Say what the key may do: --role filer, reader or administrator."
            );
        using var client = session.Connect();
        using var signatory = await Signatory.OneAsync(session, client);
        var (code, key) = NewCode();
        using (key)
        {
            var act = new Invite
            {
                Party = signatory.Party,
                Role = role,
                Holder = session.Words.GetRequiredValue(s_holder),
                Code = key.PublicKey,
                Until =
                    session.Words.GetValue(s_until)
                    ?? await Clock.TickAsync(session, client) + s_usual,
            };
            var isDry = session.Words.GetValue(Shared.Dry);
            if (!isDry)
            {
                // Before it is filed: an invitation whose code is lost is of no use to anybody.
                Write(file, code);
            }

            var done = await Filing.FileAsync(session, client, signatory, Composition.Of(act));
            if (!isDry)
            {
                session.Terminal.Fact("code", Markup.Escape(file));
                session.Terminal.Note(
                    "  Give the file to who is invited, by a way that nobody else reads. They "
                        + "add their key with: concord key join INVITATION --code FILE --key FILE"
                );
            }

            return done;
        }
    }

    private static (string Code, StatementSigner Key) NewCode()
    {
        while (true)
        {
            var code = InvitationCode.Of(RandomNumberGenerator.GetBytes(InvitationCode.Size));
            if (InvitationCode.SignerOf(code) is { } key)
            {
                return (code, key);
            }
        }
    }

    private static void Write(string file, string code)
    {
        try
        {
            DataFolder.WritePrivate(file, code + "\n");
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{file} is there already; a code is never overwritten.",
                "Choose another file: --out FILE."
            );
        }
    }

    private static async Task<ExitCode> JoinAsync(Session session)
    {
        var word = session.Need(s_code);
        var text = File.Exists(word) ? await File.ReadAllTextAsync(word, session.Cancel) : word;
        using var code =
            InvitationCode.SignerOf(text)
            ?? throw new CommandFault(
                ExitCode.Usage,
                "This is no code of an invitation.",
                "It has 26 letters and digits, and may have hyphens."
            );
        var files = Signatory.Files(session);
        if (files.Count != 1)
        {
            throw new CommandFault(
                ExitCode.Usage,
                "One key joins at a time.",
                "Name it with --key FILE; `concord key new NAME` makes one."
            );
        }

        using var client = session.Connect();
        var id = session.Words.GetValue(s_invitation)!.Value;
        var invited = await InvitationAsync(session, client, id);
        var authority = await client.GetAsync("authority", session.Cancel);
        var key = session.ReadKey(files[0]);
        var issuer = $"{authority.GetProperty("origin").GetString()}#{invited.Party}";
        using var signatory = new Signatory(key, issuer);
        var proof = code.SignDigest(InvitationCode.DigestFor(key.PublicKey.Id));
        var act = new AddKey
        {
            Party = invited.Party,
            Key = new()
            {
                Key = key.PublicKey,
                Holder = invited.Holder,
                Role = invited.Role,
            },
            Invitation = new()
            {
                Invite = id,
                Proof = System.Buffers.Text.Base64Url.EncodeToString(proof),
            },
        };
        return await Filing.FileAsync(session, client, signatory, Composition.Of(act));
    }

    private static async Task<Invite> InvitationAsync(
        Session session,
        AuthorityClient client,
        ActId id
    )
    {
        var found = await client.GetAsync($"acts/{id}", session.Cancel);
        return
            found.TryGetProperty("body", out var body)
            && ActJson.TryParse(JsonSerializer.SerializeToUtf8Bytes(body), out var act, out _)
            && act is Invite invited
            ? invited
            : throw new CommandFault(
                ExitCode.NotSo,
                $"{id} is no invitation.",
                "Take the id that came with the code."
            );
    }

    private static async Task<ExitCode> ShowAsync(Session session)
    {
        using var client = session.Connect();
        using var reader = await Signatory.OneAsync(session, client);
        var found = await client.ReadAsync(
            $"parties/{reader.Party}/invitations",
            reader,
            Clock.Now,
            why: null,
            session.Cancel
        );
        session.Terminal.Json(found.WriteTo);
        foreach (var one in found.GetProperty("invitations").EnumerateArray())
        {
            string Text(string name) => Markup.Escape(one.GetProperty(name).GetString() ?? "");
            session.Terminal.Say(
                $"[bold]{Text("id")}[/] {Text("holder")} as {Text("role")}: {Text("state")}"
            );
            session.Terminal.Fact("until", Text("until"));
            session.Terminal.Fact("withdraw", $"concord key revoke {Text("code")}");
        }

        return ExitCode.Done;
    }

    private static KeyId ReadKeyId(string word) =>
        KeyId.TryParse(word, out var id)
            ? id
            : throw new CommandFault(
                ExitCode.Usage,
                $"'{word}' is not the thumbprint of a key.",
                "It has 64 hexadecimal digits: concord key show FILE."
            );
}
