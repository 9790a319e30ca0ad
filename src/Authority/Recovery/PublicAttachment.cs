using System.Buffers.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Authority.Recovery;

/// <summary>An attachment that everybody may read.</summary>
/// <param name="Act">The act that it hangs on.</param>
/// <param name="Number">
/// Its number there; null: the act is sealed, and says to nobody else which it is.
/// </param>
/// <param name="Digest">The SHA-256 of its bytes.</param>
public sealed record PublicAttachment(ActId Act, int? Number, Digest Digest)
{
    /// <summary>
    /// Those that an entry makes public: its own, or those of an earlier act that it reveals.
    /// </summary>
    /// <param name="index">The entry's index.</param>
    /// <param name="entry">The statement.</param>
    /// <param name="earlier">Reads an entry before it.</param>
    public static IEnumerable<PublicAttachment> Of(
        long index,
        ReadOnlyMemory<byte> entry,
        Func<long, ReadOnlyMemory<byte>> earlier
    )
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return ActIn(entry) switch
        {
            Reveal { Target: var target } when target.Index >= index => [],
            Reveal { Attachment: { } digest, Target: var target } =>
            [
                new(target, NumberIn(ActIn(earlier(target.Index)), digest), digest),
            ],
            Reveal { Document: { } document, Target: var target } => Base64Url.IsValid(document)
                ? Open(target.Index, ActOf(Statement.JsonAct, Base64Url.DecodeFromChars(document)))
                : [],
            var act => Open(index, act),
        };
    }

    private static IEnumerable<PublicAttachment> Open(long index, Act? act) =>
        (act?.Attachments ?? [])
            .Index()
            .Where(one => one.Item.Visibility == Visibility.Public)
            .Select(one => new PublicAttachment(new(index), one.Index, one.Item.Digest));

    private static int? NumberIn(Act? act, Digest digest)
    {
        var place = (act?.Attachments ?? []).Select(one => one.Digest).ToList().IndexOf(digest);
        return place < 0 ? null : place;
    }

    // Of most entries a look at their bytes says that nothing of this is in them.
    private static Act? ActIn(ReadOnlyMemory<byte> entry) =>
        Statement.TryParse(entry, out var statement, out _)
        && !statement.IsEnvelope
        && (
            statement.Payload.Span.IndexOf("attachments"u8) >= 0
            || statement.Payload.Span.IndexOf("network/reveal/"u8) >= 0
        )
            ? ActOf(statement.ContentType, statement.Payload)
            : null;

    private static Act? ActOf(string contentType, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return ActBytes.Rebuild(contentType, bytes).Act;
        }
        catch (JsonException)
        {
            // What is no act, such as a sealed part, has none.
            return null;
        }
    }
}
