using System.Text.Json;
using Concord.Acts;
using Concord.Ledger;
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

        var filed = await SendAsync(session, client, signatory, composition);
        session.Terminal.Json(filed.Write);
        SayToPeople(session.Terminal, filed);
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
        if (session.Words.GetValue(Shared.Dry))
        {
            session.Terminal.Print(json => WriteDraft(json, composition));
            return ExitCode.Done;
        }

        session.Terminal.Note($"Each signs {composition.Type.Name}, {composition.Digest}.");
        var all = new List<Filed>();
        foreach (var file in keys)
        {
            using var signatory = await Signatory.FindAsync(session, client, file);
            all.Add(await SendAsync(session, client, signatory, composition));
            SayToPeople(session.Terminal, all[^1]);
        }

        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("filed");
            all.ForEach(one => one.Write(json));
            json.WriteEndArray();
            json.WriteEndObject();
        });
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

    /// <summary>Files the very bytes that came in before and were not taken; no key is asked for.
    /// </summary>
    /// <param name="session">The command.</param>
    /// <param name="path">The statement that was kept.</param>
    public static async Task<ExitCode> FileAgainAsync(Session session, string path)
    {
        var received = ReceiptFiles.ReadUnfiled(path);
        if (!Statement.TryParse(received.Statement, out var statement, out var fault))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{path} holds no statement: {fault.Detail} ({fault.Where}).",
                "Say the command again that was not taken."
            );
        }

        var composition = received.Document is { } act
            ? Composition.Of(act, path)
            : Composition.Of(statement);
        using var client = session.Connect();
        var speaker = statement.Issuer[
            (statement.Issuer.IndexOf('#', StringComparison.Ordinal) + 1)..
        ];
        var filed = await SendAsync(
            session,
            client,
            received,
            composition with
            {
                SealedPart = received.SealedPart,
            },
            speaker
        );
        session.Terminal.Json(filed.Write);
        SayToPeople(session.Terminal, filed);
        return ExitCode.Done;
    }

    private static Task<Filed> SendAsync(
        Session session,
        AuthorityClient client,
        Signatory signatory,
        Composition composition
    ) => SendAsync(session, client, composition.Sign(signatory), composition, signatory.Speaker);

    private static async Task<Filed> SendAsync(
        Session session,
        AuthorityClient client,
        Received received,
        Composition composition,
        string speaker
    )
    {
        var answer = await AnswerAsync(session, client, received);
        var id = Text(answer, "id");
        var kept = await ReceiptFiles.KeepAsync(session, client, composition, answer);
        var joint =
            composition.Act is JointAct
                ? (await client.GetAsync($"acts/{id}", session.Cancel)).GetProperty("joint")
                : (JsonElement?)null;
        return new(answer, id, TextOrNull(answer, "subject"), speaker, kept)
        {
            Url = client.Url,
            Joint = joint,
            HasSealedPart = composition.SealedPart is not null,
        };
    }

    /// <summary>
    /// Files, and keeps the refusal where the law refuses, or the slip that it came in.
    /// </summary>
    private static async Task<JsonElement> AnswerAsync(
        Session session,
        AuthorityClient client,
        Received received
    )
    {
        try
        {
            return await client.FileAsync(received, session.Cancel);
        }
        catch (CommandFault fault) when (fault.SignedRefusal is { } refusal)
        {
            var kept = await ReceiptFiles.KeepRefusalAsync(session, refusal);
            throw new CommandFault(fault.Code, fault.Message, fault.Remedy)
            {
                Details = [.. fault.Details, ("refusal", $"{kept} (signed by the authority)")],
            };
        }
        catch (CommandFault fault) when (fault.SignedArrival is { } arrival)
        {
            var (slip, unfiled) = await ReceiptFiles.KeepArrivalAsync(session, arrival, received);
            throw new CommandFault(fault.Code, fault.Message, fault.Remedy)
            {
                Details =
                [
                    .. fault.Details,
                    ("arrival", $"{slip} (signed: it came in)"),
                    ("again", $"concord file {unfiled}"),
                ],
            };
        }
    }

    /// <summary>What the log has taken, and where the proof of it is.</summary>
    private sealed record Filed(
        JsonElement Answer,
        string Id,
        string? Subject,
        string Speaker,
        string Kept
    )
    {
        public required string Url { get; init; }

        public required JsonElement? Joint { get; init; }

        public required bool HasSealedPart { get; init; }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            foreach (var member in Answer.EnumerateObject())
            {
                member.WriteTo(json);
            }

            json.WriteString("signed_by", Speaker);
            json.WriteString("kept", Kept);
            if (Joint is { } state)
            {
                json.WritePropertyName("joint");
                state.WriteTo(json);
            }

            json.WriteEndObject();
        }
    }

    private static void SayToPeople(Terminal terminal, Filed filed)
    {
        var isDuplicate = filed.Answer.TryGetProperty("duplicate", out _);
        var was = isDuplicate
            ? $"was filed before, as [bold]{filed.Id}[/]; this is its first receipt"
            : $"is in the log as [bold]{filed.Id}[/]";
        terminal.Say(
            $"[green]✓[/] {Markup.Escape(Text(filed.Answer, "act"))} {was}, "
                + $"signed by {Markup.Escape(filed.Speaker)}"
        );
        if (filed.Subject is { } subject)
        {
            terminal.Fact(KindOf(subject), $"[bold]{subject}[/]");
        }

        terminal.Fact("statement", Text(filed.Answer, "statement_id"));
        terminal.Fact("receipt", Markup.Escape(filed.Kept));
        terminal.Fact("page", Markup.Escape($"{filed.Url}/{PageOf(filed.Subject, filed.Id)}"));
        if (filed.Joint is { } joint)
        {
            SayJoint(terminal, joint, filed);
        }
        else if (filed.Subject is ['M', ..] model)
        {
            terminal.Note($"  What the law asks of it: concord explain {model}");
        }
    }

    private static void SayJoint(Terminal terminal, JsonElement joint, Filed filed)
    {
        var k = joint.GetProperty("k").GetInt32();
        var signed = joint.GetProperty("signatures").GetArrayLength();
        var proposal = Text(joint, "proposal");
        if (TextOrNull(joint, "in_force") is { } since)
        {
            terminal.Fact("joint", $"[green]in force[/] with {since}, {signed} of {k} signed");
            return;
        }

        terminal.Fact("joint", $"{signed} of {k} signed; not in force yet");
        if (filed.HasSealedPart)
        {
            var part = ReceiptFiles.SealedPartBeside(filed.Kept);
            terminal.Note($"  Give the next signer {part}: the log holds its digest alone.");
            terminal.Note(
                $"  They sign with: concord sign {proposal} --sealed-part FILE --key FILE"
            );
        }
        else
        {
            terminal.Note($"  The next signs with: concord sign {proposal} --key FILE");
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
