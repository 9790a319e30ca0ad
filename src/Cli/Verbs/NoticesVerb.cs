using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord notices</c>: what a party was told, and where it is told, by mail or webhook.
/// </summary>
internal static class NoticesVerb
{
    private static readonly Option<string?> s_email = Values.Text(
        "--email",
        "ADDRESS",
        "Be told by mail, once the code that is sent there is given back"
    );

    private static readonly Option<string?> s_webhook = Values.Text(
        "--webhook",
        "URL",
        "Be told by POST, signed as Standard Webhooks says (specs/notices.md)"
    );

    private static readonly Option<string?> s_language = Values.Text(
        "--lang",
        "TAG",
        "The language of mail: en, fr or ar; English where it is not said"
    );

    private static readonly Argument<string> s_channel = new("CHANNEL")
    {
        Description = "Its id, as `concord notices list` shows it",
    };

    private static readonly Option<string?> s_code = Values.Text(
        "--code",
        "CODE",
        "The code that was sent there"
    );

    public static Command Create() =>
        new Command("notices", "Be told by mail or webhook of what concerns your party").With(
            new Command("list", "Show what you were told last, and where you are told")
                .With(Shared.Key)
                .Does(ListAsync),
            new Command("add", "Add an address; a code is sent there")
                .With(s_email, s_webhook, s_language, Shared.Key)
                .Does(AddAsync),
            new Command("confirm", "Confirm an address by the code that was sent there")
                .With(s_channel, s_code, Shared.Key)
                .Does(session =>
                    PostAsync(
                        session,
                        "/confirm",
                        ("channel", session.Words.GetRequiredValue(s_channel)),
                        ("code", session.Need(s_code))
                    )
                ),
            new Command("remove", "End an address")
                .With(s_channel, Shared.Key)
                .Does(session =>
                    PostAsync(
                        session,
                        "/remove",
                        ("channel", session.Words.GetRequiredValue(s_channel))
                    )
                )
        );

    private static async Task<ExitCode> ListAsync(Session session)
    {
        using var client = session.Connect();
        using var reader = await Signatory.OneAsync(session, client);
        var found = await client.ReadAsync(
            $"parties/{reader.Party}/notices",
            reader,
            Clock.Now,
            why: null,
            session.Cancel
        );
        session.Terminal.Json(found.WriteTo);
        if (
            found.TryGetProperty("channels", out var channels)
            && channels.ValueKind is JsonValueKind.Array
        )
        {
            foreach (var one in channels.EnumerateArray())
            {
                SayChannel(session.Terminal, one);
            }
        }

        foreach (var one in found.GetProperty("notices").EnumerateArray())
        {
            session.Terminal.Say($"{Text(one, "at")}  {Text(one, "says")}");
        }

        return ExitCode.Done;
    }

    private static async Task<ExitCode> AddAsync(Session session)
    {
        var (email, webhook) = (session.Words.GetValue(s_email), session.Words.GetValue(s_webhook));
        if (email is null == webhook is null)
        {
            throw new CommandFault(
                ExitCode.Usage,
                "One address is added at a time.",
                "Name it: --email ADDRESS, or --webhook URL"
            );
        }

        using var client = session.Connect();
        using var sender = await Signatory.OneAsync(session, client);
        var added = await SendAsync(
            session,
            client,
            sender,
            "",
            [
                ("kind", email is null ? "webhook" : "email"),
                ("to", email ?? webhook!),
                .. session.Words.GetValue(s_language) is { } language
                    ? [("lang", language)]
                    : Array.Empty<(string, string)>(),
            ]
        );
        session.Terminal.Json(added.WriteTo);
        var channel = Text(added, "channel");
        session.Terminal.Say($"[green]✓[/] A code was sent there; it holds for a day");
        session.Terminal.Fact("channel", channel);
        if (Text(added, "secret") is { Length: > 0 } secret)
        {
            session.Terminal.Fact("secret", secret);
            session.Terminal.Note(
                "  Keep the secret: it proves what comes, and is told this once."
            );
        }

        session.Terminal.Note($"  Then: concord notices confirm {channel} --code CODE");
        return ExitCode.Done;
    }

    private static async Task<ExitCode> PostAsync(
        Session session,
        string path,
        params (string Name, string Value)[] said
    )
    {
        using var client = session.Connect();
        using var sender = await Signatory.OneAsync(session, client);
        var done = await SendAsync(session, client, sender, path, said);
        session.Terminal.Json(done.WriteTo);
        SayChannel(session.Terminal, done);
        return ExitCode.Done;
    }

    private static Task<JsonElement> SendAsync(
        Session session,
        AuthorityClient client,
        Signatory sender,
        string path,
        params (string Name, string Value)[] said
    ) =>
        client.PostAsync(
            $"parties/{sender.Party}/notices{path}",
            sender,
            Clock.Now,
            said.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal),
            session.Cancel
        );

    private static void SayChannel(Terminal terminal, JsonElement one)
    {
        terminal.Say(
            $"[bold]{Text(one, "channel")}[/] {Text(one, "kind")} to {Text(one, "to")}: "
                + Text(one, "state")
        );
        if (Text(one, "problem") is { Length: > 0 } problem)
        {
            terminal.Fact("problem", problem);
        }
    }

    private static string Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? Markup.Escape(value.GetString()!)
            : "";
}
