using System.Globalization;
using System.Text.Json;
using Concord.Acts;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>
/// What whoever filed keeps: the statement, the receipt, the proof, and what is sealed. With them
/// and the verifier key everything can be checked without the authority.
/// </summary>
internal static class ReceiptFiles
{
    /// <summary>The folder in which they are kept when nobody says so.</summary>
    public const string Folder = "receipts";

    /// <summary>The ending of a statement.</summary>
    public const string Statement = ".cose";

    /// <summary>The ending of a COSE receipt.</summary>
    public const string Receipt = ".receipt.cose";

    /// <summary>The ending of a C2SP proof.</summary>
    public const string Proof = ".tlog-proof";

    /// <summary>The ending of a sealed act.</summary>
    public const string Act = ".act.json";

    /// <summary>The ending of a sealed part.</summary>
    public const string SealedPart = ".sealed.json";

    /// <summary>The ending of a signed refusal.</summary>
    public const string Refusal = ".refusal";

    /// <summary>The ending of a signed answer on standing.</summary>
    public const string Standing = ".standing";

    /// <summary>The ending of a signed slip that a filing came in.</summary>
    public const string Arrival = ".arrival";

    /// <summary>The ending of a statement that came in and was not taken.</summary>
    public const string Unfiled = ".unfiled";

    /// <summary>Keeps a slip that a filing came in, and all that was sent: said anew, a sealed act
    /// has another salt and is another act.</summary>
    /// <returns>The slip's path, and the statement's.</returns>
    public static async Task<(string Slip, string Unfiled)> KeepArrivalAsync(
        Session session,
        byte[] arrival,
        Received received
    )
    {
        var folder = session.Words.GetValue(Shared.Receipts)?.FullName ?? Folder;
        Directory.CreateDirectory(folder);
        var stem = Path.Combine(folder, Digest.Of(arrival).ToHex()[..12]);
        await File.WriteAllBytesAsync(stem + Unfiled, received.Statement, session.Cancel);
        if (received.Document is { } act)
        {
            await File.WriteAllBytesAsync(stem + Act, act, session.Cancel);
        }

        if (received.SealedPart is { } part)
        {
            await File.WriteAllBytesAsync(stem + SealedPart, part, session.Cancel);
        }

        for (var i = 0; i < received.Attachments.Count; i++)
        {
            var attachment = received.Attachments[i];
            await File.WriteAllBytesAsync(AttachmentOf(stem, i), attachment, session.Cancel);
        }

        await File.WriteAllBytesAsync(stem + Arrival, arrival, session.Cancel);
        return (stem + Arrival, stem + Unfiled);
    }

    /// <summary>Reads what was sent and not taken.</summary>
    /// <param name="path">The statement's path.</param>
    /// <exception cref="IOException">A file of it cannot be read.</exception>
    public static Received ReadUnfiled(string path)
    {
        var stem = path[..^Unfiled.Length];
        var attachments = new List<ReadOnlyMemory<byte>>();
        while (Optional(AttachmentOf(stem, attachments.Count)) is { } attachment)
        {
            attachments.Add(attachment);
        }

        return new(
            File.ReadAllBytes(path),
            Optional(stem + Act),
            Optional(stem + SealedPart),
            attachments
        );
    }

    private static string AttachmentOf(string stem, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{stem}.{number + 1}.attachment");

    // Without the cast, null would become an empty memory, which is not nothing.
    private static ReadOnlyMemory<byte>? Optional(string path) =>
        File.Exists(path) ? (ReadOnlyMemory<byte>?)File.ReadAllBytes(path) : null;

    /// <summary>Keeps a refusal that the authority signed.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> KeepRefusalAsync(Session session, byte[] refusal)
    {
        var folder = session.Words.GetValue(Shared.Receipts)?.FullName ?? Folder;
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Digest.Of(refusal).ToHex()[..12] + Refusal);
        await File.WriteAllBytesAsync(path, refusal, session.Cancel);
        return path;
    }

    /// <summary>
    /// Keeps what a filing brought, and nothing that another log brought is written over: ids of
    /// two logs are alike.
    /// </summary>
    /// <returns>The path of the receipt.</returns>
    public static async Task<string> KeepAsync(
        Session session,
        AuthorityClient client,
        Composition composition,
        JsonElement answer
    )
    {
        var folder = session.Words.GetValue(Shared.Receipts)?.FullName ?? Folder;
        Directory.CreateDirectory(folder);
        var id = answer.GetProperty("id").GetString()!;
        // The statement of a duplicate is the first one, which only the log has.
        var statement = await client.BytesAsync(
            $"acts/{id}/statement",
            "application/cose",
            session.Cancel
        );
        var stem = StemOf(folder, id, statement);
        if (statement is not null)
        {
            await File.WriteAllBytesAsync(stem + Statement, statement, session.Cancel);
        }

        await File.WriteAllBytesAsync(
            stem + Receipt,
            answer.GetProperty("receipt").GetBytesFromBase64(),
            session.Cancel
        );
        await File.WriteAllTextAsync(
            stem + Proof,
            answer.GetProperty("proof").GetString(),
            session.Cancel
        );
        if (composition.Type.Form == ActForm.Sealed)
        {
            await File.WriteAllBytesAsync(stem + Act, composition.Bytes, session.Cancel);
        }

        if (composition.SealedPart is { } part)
        {
            await File.WriteAllBytesAsync(stem + SealedPart, part, session.Cancel);
        }

        return stem + Receipt;
    }

    /// <summary>The path of the sealed part beside a receipt.</summary>
    public static string SealedPartBeside(string receipt) =>
        receipt[..^Receipt.Length] + SealedPart;

    /// <summary>Finds a sealed part that is kept for an act.</summary>
    /// <param name="folder">Where receipts are kept.</param>
    /// <param name="act">The act's id.</param>
    /// <param name="digest">The part's digest.</param>
    /// <returns>Its path, else that of one that does not fit; null: none is there.</returns>
    public static string? FindSealedPart(string folder, ActId act, Digest digest)
    {
        var kept = Directory.Exists(folder)
            ? Directory.GetFiles(folder, $"{act}*{SealedPart}")
            : [];
        return kept.FirstOrDefault(file => Digest.Of(File.ReadAllBytes(file)) == digest)
            ?? kept.FirstOrDefault();
    }

    /// <summary>
    /// The id; with the first digits of the statement's digest where another statement has it.
    /// </summary>
    private static string StemOf(string folder, string id, byte[]? statement)
    {
        var stem = Path.Combine(folder, id);
        var isFree =
            statement is null
            || !File.Exists(stem + Statement)
            || File.ReadAllBytes(stem + Statement).AsSpan().SequenceEqual(statement);
        return isFree ? stem : $"{stem}-{Digest.Of(statement).ToHex()[..12]}";
    }
}
