using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Ledger;

namespace Concord.Cli.Refile;

/// <summary>
/// Composes anew what was filed at a log that ended: with the ids and the terms of the new one, and
/// with the old statement and its receipt as an attachment. The same statement gives the same act,
/// so that the log knows it again if it is filed twice.
/// </summary>
/// <param name="ids">What old ids are called.</param>
/// <param name="documents">Where the files are that hung on it.</param>
/// <param name="origin">The log that ended.</param>
internal sealed class Recomposing(OldIds ids, KeptFiles documents, string origin)
{
    private const int SaltBytes = 16;

    /// <summary>The epoch of the new log's key set.</summary>
    public required int Epoch { get; init; }

    /// <summary>How many institutions sign at the new log.</summary>
    public required int Institutions { get; init; }

    /// <summary>The act of a kept statement as it is filed anew.</summary>
    /// <exception cref="CommandFault">It cannot be, and why.</exception>
    public Composition Of(KeptAct one)
    {
        var bytes = one.Statement.IsEnvelope
            ? Beside(one.Stem + ReceiptFiles.Act, new(one.Statement.Payload.Span))
            : one.Statement.Payload;
        var (type, before) = Read(one.Statement, bytes);
        Ask(before);
        var act = Renamed(ActJson.Write(before)).AsObject();
        if (act["joint"] is JsonObject terms)
        {
            terms["epoch"] = Epoch;
            terms["k"] = terms["kind"]?.GetValue<string>() is "institutions"
                ? Institutions
                : terms["k"]?.GetValue<int>();
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

        var files = before.Attachments.Select(File).ToList();
        files.Add(ProofOf(one));
        act["attachments"] = new JsonArray([
            .. act["attachments"]?.AsArray().Select(entry => entry!.DeepClone()) ?? [],
            Entry(one, files[^1], type),
        ]);
        var composition = Composition.Of(Encoding.UTF8.GetBytes(act.ToJsonString()), one.Name);
        return (part is { } sealedPart ? composition.With(sealedPart, one.Name) : composition) with
        {
            Attachments = files,
        };
    }

    private static (ActType Type, Act Act) Read(Statement statement, ReadOnlyMemory<byte> bytes) =>
        ActBytes.TryParse(statement.ContentType, bytes, out var type, out var act, out var fault)
            ? (type, act)
            : throw new CommandFault(ExitCode.NotSo, $"{fault.Detail} ({fault.Path})");

    // What has no place in another log, or says something of the bytes of the old one.
    private static void Ask(Act act)
    {
        if (act.Attachments.Count >= FilingBody.AttachmentsMax)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{act.Attachments.Count} files hang on it, and its old receipt needs a place",
                "file it anew with fewer of them: concord file"
            );
        }

        var (why, remedy) = act switch
        {
            Genesis or KeySet or Tick or ResumeClock or Outage or DailyRoot => (
                "it is about the log that ended itself",
                "nothing is to be done"
            ),
            Erase => ("what it erased hangs on no act of this log", "nothing is to be done"),
            Reveal { Document: not null } => (
                "what it reveals is filed anew with other ids in it",
                "reveal that: concord reveal ACT FILE, with the file beside the new receipt"
            ),
            AddKey { Invitation: not null } => (
                "its invitation is one of the old log",
                "have an administrator add the key, or invite it anew"
            ),
            _ => (null, null),
        };
        if (why is not null)
        {
            throw new CommandFault(ExitCode.NotSo, why, remedy);
        }
    }

    private ReadOnlyMemory<byte> File(Attachment attachment) =>
        documents.Find(attachment.Digest)
        ?? throw new CommandFault(
            ExitCode.NotSo,
            $"the file of its attachment {attachment.Name} is not here ({attachment.Digest})",
            "name with --documents the folder in which FILE.salted is; where it is gone for good, "
                + "file the act anew without it: concord file"
        );

    private static JsonObject Entry(KeptAct one, ReadOnlyMemory<byte> proof, ActType type) =>
        new()
        {
            ["digest"] = Digest.Of(proof.Span).ToString(),
            ["media_type"] = "application/cose",
            ["visibility"] = type.Form == ActForm.Sealed ? "parties" : "public",
            ["name"] = string.Create(
                CultureInfo.InvariantCulture,
                $"Entry {one.Index} of {one.Statement.Issuer.Split('#')[0]}"
            ),
        };

    private JsonNode Renamed(ReadOnlyMemory<byte> document)
    {
        var renamed = ids.Replace(document, out var unknown);
        return unknown is null
            ? renamed
            : throw new CommandFault(
                ExitCode.NotSo,
                $"it names {unknown}, and nothing says what that is called here",
                $"when it is filed here, say the same again with --called {unknown}=NEW"
            );
    }

    private static ReadOnlyMemory<byte> Beside(string file, Digest digest)
    {
        var bytes = System.IO.File.Exists(file) ? System.IO.File.ReadAllBytes(file) : null;
        return bytes is not null && Digest.Of(bytes) == digest
            ? bytes
            : throw new CommandFault(
                ExitCode.NotSo,
                $"{Path.GetFileName(file)} is not beside it, or another",
                "put back the file that was kept with the receipt"
            );
    }

    // Its salt follows from what it salts: the act is then the same however often it is composed.
    // Nothing is betrayed by that: who could guess the statement and its receipt has them.
    private ReadOnlyMemory<byte> ProofOf(KeptAct one)
    {
        var whole = new TransparentStatement(one.Statement, [one.Receipt]).ToArray();
        var salt = Digest.Of([
            .. Encoding.UTF8.GetBytes($"concord/refile/v1\0{origin}\0"),
            .. whole,
        ]);
        return (byte[])[.. salt.ToArray().AsSpan(0, SaltBytes), .. whole];
    }
}
