using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord refile</c>: files at the log that succeeds another what a party filed there, out of
/// the statements and receipts that it kept. A statement names one log, so each is signed anew; the
/// old one hangs on it with its receipt.
/// </summary>
internal static class RefileVerb
{
    private const string Journal = "refiled.json";
    private const int SaltBytes = 16;

    private static readonly Argument<DirectoryInfo> s_folder = new("FOLDER")
    {
        Description = "Where statements and receipts of the old log are kept",
    };

    private static readonly Option<DirectoryInfo?> s_old = new("--old")
    {
        HelpName = "OLD",
        Description = "A mirror of the old log, or what is left of its data folder",
    };

    public static Command Create() =>
        new Command("refile", "File anew, after a succession, what was kept of the old log")
            .With(s_folder, s_old, Shared.Key, Shared.Receipts)
            .Does(RefileAsync);

    private static async Task<ExitCode> RefileAsync(Session session)
    {
        var folder = session.Words.GetRequiredValue(s_folder).FullName;
        var old = OldLog.Open(session.Need(s_old).FullName);
        using var client = session.Connect();
        using var signatory = await Signatory.OneAsync(session, client);
        var last = await LastAsync(session, client);
        var kept = Kept(folder, old, last).ToList();
        if (kept.Count == 0)
        {
            throw new CommandFault(
                ExitCode.None,
                $"Nothing in {folder} was filed at {last.Origin}.",
                $"Statements end in {ReceiptFiles.Statement}, with the receipt beside them."
            );
        }

        var run = new Refiling(session, client, signatory, last, folder);
        foreach (var one in kept.OrderBy(one => one.Index))
        {
            await run.TakeAsync(one);
        }

        return run.Say();
    }

    private static async Task<Predecessor> LastAsync(Session session, AuthorityClient client)
    {
        var authority = await client.GetAsync("authority", session.Cancel);
        return
            authority.TryGetProperty("predecessor", out var before)
            && before.ValueKind == JsonValueKind.Object
            ? new()
            {
                Origin = before.GetProperty("origin").GetString()!,
                Size = before.GetProperty("size").GetInt64(),
                Root = Digest.TryParse(before.GetProperty("root").GetString(), out var root)
                    ? root
                    : default,
            }
            : throw new CommandFault(
                ExitCode.NotSo,
                "The log of this authority succeeds no other.",
                "File as usual."
            );
    }

    private static IEnumerable<KeptAct> Kept(string folder, OldLog old, Predecessor last)
    {
        var tree = old.Tree(last);
        foreach (var file in Directory.EnumerateFiles(folder, "*" + ReceiptFiles.Receipt))
        {
            var stem = file[..^ReceiptFiles.Receipt.Length];
            var statementFile = stem + ReceiptFiles.Statement;
            if (
                !File.Exists(statementFile)
                || !Statement.TryParse(File.ReadAllBytes(statementFile), out var statement, out _)
                || !statement.Issuer.StartsWith(last.Origin + "#", StringComparison.Ordinal)
            )
            {
                continue;
            }

            var bytes = File.ReadAllBytes(file);
            var fault = old.FaultOf(last, tree, statement, bytes, out var receipt);
            yield return new(stem, statement, bytes, receipt?.Index ?? long.MaxValue, fault);
        }
    }

    /// <summary>A statement that was kept, and what the old log says of it.</summary>
    private sealed record KeptAct(
        string Stem,
        Statement Statement,
        byte[] Receipt,
        long Index,
        string? Fault
    )
    {
        public string Name => Path.GetFileName(Stem);

        public string Speaker => Statement.Issuer[(Statement.Issuer.LastIndexOf('#') + 1)..];
    }

    private sealed class Refiling(
        Session session,
        AuthorityClient client,
        Signatory signatory,
        Predecessor last,
        string folder
    )
    {
        private readonly OldIds _ids = ReadJournal(folder);
        private readonly List<(KeptAct Act, string? New, string? Why)> _done = [];

        public async Task TakeAsync(KeptAct one)
        {
            if (one.Fault is { } fault)
            {
                _done.Add((one, null, fault));
                return;
            }

            if (_ids.Find(new ActId(one.Index).ToString()) is { } before)
            {
                _done.Add((one, before, null));
                return;
            }

            // Nobody files in their own name what another has signed.
            if (!one.Statement.Verify(signatory.Key.PublicKey, out _))
            {
                _done.Add((one, null, "another key has signed it: file it anew with that one"));
                return;
            }

            _ids.Add(one.Speaker, signatory.Speaker);
            try
            {
                await FileAsync(one, ComposeOf(one));
            }
            catch (CommandFault held)
            {
                _done.Add((one, null, held.Message));
            }
        }

        public ExitCode Say()
        {
            session.Terminal.Json(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("acts");
                foreach (var (act, now, why) in _done)
                {
                    json.WriteStartObject();
                    json.WriteString("old", act.Name);
                    json.WriteString("new", now);
                    json.WriteString("why", why);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            foreach (var (act, now, why) in _done)
            {
                session.Terminal.Say(
                    now is null
                        ? $"[red]✗[/] {Markup.Escape(act.Name)}  {Markup.Escape(why ?? "")}"
                        : $"[green]✓[/] {Markup.Escape(act.Name)}  is [bold]{now}[/] now"
                );
            }

            return _done.TrueForAll(one => one.New is not null) ? ExitCode.Done : ExitCode.NotSo;
        }

        private async Task FileAsync(KeptAct one, Composition composition)
        {
            var answer = await client.FileAsync(composition.Sign(signatory), session.Cancel);
            await ReceiptFiles.KeepAsync(session, client, composition, answer);
            var id = answer.GetProperty("id").GetString()!;
            _ids.Add(new ActId(one.Index).ToString(), id);
            if (answer.TryGetProperty("subject", out var subject))
            {
                var now = subject.GetString()!;
                _ids.Add(ShortId.Format(now[0], one.Index), now);
            }

            WriteJournal();
            _done.Add((one, id, null));
        }

        private Composition ComposeOf(KeptAct one)
        {
            var bytes = one.Statement.IsEnvelope
                ? Beside(one.Stem + ReceiptFiles.Act, new(one.Statement.Payload.Span))
                : one.Statement.Payload;
            var type = TypeOf(one.Statement, bytes);
            var act = Renamed(bytes).AsObject();
            if (act.ContainsKey("attachments") || act.ContainsKey("joint"))
            {
                throw new CommandFault(
                    ExitCode.NotSo,
                    act.ContainsKey("joint")
                        ? "it was signed jointly: propose it anew"
                        : "files hang on it: file it anew with them (concord file --attach)"
                );
            }

            ReadOnlyMemory<byte>? part = null;
            if (act["sealed_part"]?.GetValue<string>() is { } named)
            {
                var digest = Digest.TryParse(named, out var read) ? read : default;
                part = Encoding.UTF8.GetBytes(
                    Renamed(Beside(one.Stem + ReceiptFiles.SealedPart, digest)).ToJsonString()
                );
                act["sealed_part"] = Digest.Of(part.Value.Span).ToString();
            }

            var proof = ProofOf(one);
            act["attachments"] = new JsonArray(
                new JsonObject
                {
                    ["digest"] = Digest.Of(proof).ToString(),
                    ["media_type"] = "application/cose",
                    ["visibility"] = type.Form == ActForm.Sealed ? "parties" : "public",
                    ["name"] = string.Create(
                        CultureInfo.InvariantCulture,
                        $"Entry {one.Index} of {last.Origin}"
                    ),
                }
            );
            var composition = Composition.Of(Encoding.UTF8.GetBytes(act.ToJsonString()), one.Name);
            return (
                part is { } sealedPart ? composition.With(sealedPart, one.Name) : composition
            ) with
            {
                Attachments = [proof],
            };
        }

        private static ActType TypeOf(Statement statement, ReadOnlyMemory<byte> bytes) =>
            ActBytes.TryParse(statement.ContentType, bytes, out var type, out _, out var fault)
                ? type
                : throw new CommandFault(ExitCode.NotSo, $"{fault.Detail} ({fault.Path})");

        private JsonNode Renamed(ReadOnlyMemory<byte> document)
        {
            var renamed = _ids.Replace(document, out var unknown);
            return unknown is null
                ? renamed
                : throw new CommandFault(
                    ExitCode.NotSo,
                    $"it names {unknown}, which is not filed here yet"
                );
        }

        private static ReadOnlyMemory<byte> Beside(string file, Digest digest)
        {
            var bytes = File.Exists(file) ? File.ReadAllBytes(file) : null;
            return bytes is not null && Digest.Of(bytes) == digest
                ? bytes
                : throw new CommandFault(
                    ExitCode.NotSo,
                    $"{Path.GetFileName(file)} is not beside it, or another"
                );
        }

        private static byte[] ProofOf(KeptAct one) =>
            [
                .. RandomNumberGenerator.GetBytes(SaltBytes),
                .. new TransparentStatement(one.Statement, [one.Receipt]).ToArray(),
            ];

        private static OldIds ReadJournal(string folder)
        {
            var file = Path.Combine(folder, Journal);
            return new(
                File.Exists(file)
                    ? JsonSerializer.Deserialize<Dictionary<string, string>>(
                        File.ReadAllBytes(file)
                    )!
                    : new Dictionary<string, string>(StringComparer.Ordinal)
            );
        }

        private void WriteJournal()
        {
            var file = Path.Combine(folder, Journal);
            File.WriteAllText(
                file + ".new",
                JsonSerializer.Serialize(
                    new Dictionary<string, string>(_ids.All, StringComparer.Ordinal)
                )
            );
            File.Move(file + ".new", file, overwrite: true);
        }
    }
}
