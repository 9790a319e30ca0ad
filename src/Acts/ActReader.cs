using System.Text.Json;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>
/// Reads entries of a log for folding. What is in the log was admitted: signatures and rules are
/// not judged again, so that a rule that came later cannot change history.
/// </summary>
public static class ActReader
{
    /// <summary>The act at a place of the log.</summary>
    /// <param name="index">The log index.</param>
    /// <param name="entry">The statement.</param>
    /// <param name="contents">The content store: a digest's bytes, null when not at hand.</param>
    /// <exception cref="MissingDocumentException">The act is sealed and not at hand.</exception>
    /// <exception cref="UnreadableEntryException">The entry is no act.</exception>
    public static Logged Read(
        long index,
        ReadOnlyMemory<byte> entry,
        Func<Digest, ReadOnlyMemory<byte>?> contents
    )
    {
        if (!Statement.TryParse(entry, out var statement, out var fault))
        {
            throw new UnreadableEntryException(index, fault.Detail);
        }

        var document = statement.Payload;
        Digest digest;
        if (statement.IsEnvelope)
        {
            digest = new(statement.Payload.Span);
            document = contents(digest) is { Length: > 0 } bytes
                ? bytes
                : throw new MissingDocumentException(index, digest);
        }
        else
        {
            digest = Digest.Of(document.Span);
        }

        try
        {
            var (type, act) = ActBytes.Rebuild(statement.ContentType, document);
            var part =
                Subjects.SealedPartOf(act) is { } sealedPart
                && contents(sealedPart) is { Length: > 0 } rest
                    ? ActJson.RebuildPart(type, rest.Span)
                    : null;
            return new(
                index,
                statement.Id,
                statement.Key,
                statement.Issuer,
                type,
                act,
                digest,
                part
            );
        }
        catch (JsonException malformed)
        {
            throw new UnreadableEntryException(index, malformed.Message, malformed);
        }
    }
}
