using System.Text.Json;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>Which documents of the content store an entry of a log needs.</summary>
public static class EntryContents
{
    /// <summary>
    /// The digests that an entry names: the act that a sealed statement stands for, its sealed part
    /// and its attachments. What is named by a document that is not at hand cannot be known.
    /// </summary>
    /// <param name="entry">The statement.</param>
    /// <param name="contents">The content store: a digest's bytes, null when not at hand.</param>
    public static IReadOnlyList<Digest> Of(
        ReadOnlyMemory<byte> entry,
        Func<Digest, ReadOnlyMemory<byte>?> contents
    )
    {
        if (!Statement.TryParse(entry, out var statement, out _))
        {
            return [];
        }

        var digests = new List<Digest>();
        var document = statement.Payload;
        if (statement.IsEnvelope)
        {
            var digest = new Digest(statement.Payload.Span);
            digests.Add(digest);
            document = contents(digest) ?? default;
        }

        if (!NamesDocuments(document.Span))
        {
            return digests;
        }

        try
        {
            var (_, act) = ActBytes.Rebuild(statement.ContentType, document);
            digests.AddRange(act.Attachments.Select(attachment => attachment.Digest));
            if (Subjects.SealedPartOf(act) is { } part)
            {
                digests.Add(part);
            }
        }
        catch (JsonException)
        {
            // A damaged document names nothing; that it is damaged is found elsewhere.
        }

        return digests;
    }

    /// <summary>The digest whose bytes an entry erases; null: it erases nothing.</summary>
    /// <param name="entry">The statement.</param>
    public static Digest? ErasedBy(ReadOnlyMemory<byte> entry)
    {
        if (
            entry.Span.IndexOf("network/erase"u8) < 0
            || !Statement.TryParse(entry, out var statement, out _)
            || statement.IsEnvelope
        )
        {
            return null;
        }

        try
        {
            var (_, act) = ActBytes.Rebuild(statement.ContentType, statement.Payload);
            return (act as Erase)?.Attachment;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Few acts name documents, and building an act costs far more than looking for the words.
    private static bool NamesDocuments(ReadOnlySpan<byte> document) =>
        document.IndexOf("attachments"u8) >= 0
        || document.IndexOf("sealed_part"u8) >= 0
        || document.IndexOf("\\u"u8) >= 0;
}
