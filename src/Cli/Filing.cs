using System.Text.Json;
using Concord.Acts;
using Spectre.Console;

namespace Concord.Cli;

/// <summary>Signs what was composed, files it, keeps what comes back and says where.</summary>
internal static class Filing
{
    /// <summary>Files an act with the one key that was named.</summary>
    public static Task<ExitCode> FileAsync(Session session, Act act) =>
        FileAsync(session, _ => Task.FromResult(Composition.Of(act)));

    /// <summary>Files an act that is composed once it is known who signs.</summary>
    public static async Task<ExitCode> FileAsync(
        Session session,
        Func<Signatory, Task<Composition>> compose
    )
    {
        using var client = session.Connect();
        using var signatory = await Signatory.OneAsync(session, client);
        return await FileAsync(session, client, signatory, await compose(signatory));
    }

    /// <summary>Files an act as one signatory.</summary>
    public static async Task<ExitCode> FileAsync(
        Session session,
        AuthorityClient client,
        Signatory signatory,
        Composition composition
    )
    {
        if (session.Words.GetValue(Shared.Dry))
        {
            session.Terminal.Print(json => WriteDraft(json, composition));
            return ExitCode.Done;
        }

        var answer = await client.FileAsync(composition.Sign(signatory), session.Cancel);
        await SayAsync(session, client, signatory, composition, answer);
        return ExitCode.Done;
    }

    /// <summary>Files a joint act with every key that was named, one after the other.</summary>
    public static async Task<ExitCode> FileJointAsync(
        Session session,
        AuthorityClient client,
        IReadOnlyList<string> keys,
        Composition composition
    )
    {
        session.Terminal.Note($"Each signs {composition.Type.Name}, {composition.Digest}.");
        foreach (var file in keys)
        {
            using var signatory = await Signatory.FindAsync(session, client, file);
            await FileAsync(session, client, signatory, composition);
        }

        return ExitCode.Done;
    }

    /// <summary>The act as it will be filed, with what goes with it.</summary>
    public static void WriteDraft(Utf8JsonWriter json, Composition composition)
    {
        json.WriteStartObject();
        json.WriteString("digest", composition.Digest.ToString());
        json.WritePropertyName("act");
        WriteBody(json, ActJson.Write(composition.Act));
        if (composition.SealedPart is { } part)
        {
            json.WritePropertyName("sealed_part");
            WriteBody(json, part);
        }

        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonDocument.Parse(bytes);
        body.RootElement.WriteTo(json);
    }

    private static async Task SayAsync(
        Session session,
        AuthorityClient client,
        Signatory signatory,
        Composition composition,
        JsonElement answer
    )
    {
        var id = Text(answer, "id");
        var subject = TextOrNull(answer, "subject");
        var kept = await ReceiptFiles.KeepAsync(session, client, composition, answer);
        var joint =
            composition.Act is JointAct
                ? (await client.GetAsync($"acts/{id}", session.Cancel)).GetProperty("joint")
                : (JsonElement?)null;
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            foreach (var member in answer.EnumerateObject())
            {
                member.WriteTo(json);
            }

            json.WriteString("signed_by", signatory.Speaker);
            json.WriteString("kept", kept);
            if (joint is { } state)
            {
                json.WritePropertyName("joint");
                state.WriteTo(json);
            }

            json.WriteEndObject();
        });
        SayToPeople(session.Terminal, new(id, subject, signatory.Speaker, kept), client, answer);
        if (joint is { } so)
        {
            SayJoint(session, so);
        }
    }

    private sealed record Filed(string Id, string? Subject, string Speaker, string Kept);

    private static void SayToPeople(
        Terminal terminal,
        Filed filed,
        AuthorityClient client,
        JsonElement answer
    )
    {
        var isDuplicate = answer.TryGetProperty("duplicate", out _);
        var was = isDuplicate ? "was filed before; this is its first receipt" : "is in the log";
        terminal.Say(
            $"[green]✓[/] {Markup.Escape(Text(answer, "act"))} {was} as [bold]{filed.Id}[/], "
                + $"signed by {Markup.Escape(filed.Speaker)}"
        );
        if (filed.Subject is { } subject)
        {
            terminal.Fact(KindOf(subject), $"[bold]{subject}[/]");
        }

        terminal.Fact("statement", Text(answer, "statement_id"));
        terminal.Fact("receipt", Markup.Escape(filed.Kept));
        terminal.Fact("page", Markup.Escape($"{client.Url}/{PageOf(filed.Subject, filed.Id)}"));
    }

    private static void SayJoint(Session session, JsonElement joint)
    {
        var k = joint.GetProperty("k").GetInt32();
        var signed = joint.GetProperty("signatures").GetArrayLength();
        var proposal = Text(joint, "proposal");
        if (TextOrNull(joint, "in_force") is { } since)
        {
            session.Terminal.Fact(
                "joint",
                $"[green]in force[/] with {since}, {signed} of {k} signed"
            );
        }
        else
        {
            session.Terminal.Fact("joint", $"{signed} of {k} signed; not in force yet");
            session.Terminal.Note($"  The next signs with: concord sign {proposal} --key FILE");
        }
    }

    private static string KindOf(string id) =>
        id[0] switch
        {
            'M' => "model",
            'R' => "release",
            'D' => "deployment",
            'T' => "transfer",
            'S' => "site",
            'P' => "party",
            _ => "subject",
        };

    private static string PageOf(string? subject, string id) =>
        subject?[0] switch
        {
            'M' => $"models/{subject}",
            'P' => $"parties/{subject}",
            _ => $"acts/{id}",
        };

    private static string Text(JsonElement answer, string name) =>
        TextOrNull(answer, name)
        ?? throw new CommandFault(
            ExitCode.Unavailable,
            $"The answer has no {name}: the server is not of this version."
        );

    private static string? TextOrNull(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var member) ? member.GetString() : null;
}
