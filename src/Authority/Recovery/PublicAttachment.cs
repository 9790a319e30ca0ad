using System.Text.Json;
using Concord.Acts;
using Concord.Ledger;

namespace Concord.Authority.Recovery;

/// <summary>An attachment that everybody may read.</summary>
/// <param name="Act">The act that it hangs on.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Digest">The SHA-256 of its bytes.</param>
public sealed record PublicAttachment(ActId Act, int Number, Digest Digest)
{
    /// <summary>Those of an entry; a sealed act has none that is public.</summary>
    /// <param name="index">The entry's index.</param>
    /// <param name="entry">The statement.</param>
    public static IEnumerable<PublicAttachment> Of(long index, ReadOnlyMemory<byte> entry)
    {
        if (
            !Statement.TryParse(entry, out var statement, out _)
            || statement.IsEnvelope
            || statement.Payload.Span.IndexOf("attachments"u8) < 0
        )
        {
            return [];
        }

        try
        {
            var (_, act) = ActBytes.Rebuild(statement.ContentType, statement.Payload);
            return act
                .Attachments.Index()
                .Where(one => one.Item.Visibility == Visibility.Public)
                .Select(one => new PublicAttachment(new(index), one.Index, one.Item.Digest));
        }
        catch (JsonException)
        {
            // An entry that is no act has none.
            return [];
        }
    }
}
