using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>What acts name in the content store by digest, and what of it is erased.</summary>
/// <param name="Attachments">The entries that name an attachment, newest first.</param>
/// <param name="Sealed">Sealed acts and sealed parts, which are never erased.</param>
/// <param name="Erased">What is erased, with the entry that says so.</param>
/// <param name="Revealed">What was sealed and is public, with the entry that says so.</param>
public sealed record NamedDocuments(
    Map<Digest, Chain<long>> Attachments,
    Map<Digest, long> Sealed,
    Map<Digest, long> Erased,
    Map<Digest, long> Revealed
)
{
    /// <summary>Before the first entry.</summary>
    public static readonly NamedDocuments None = new(
        Map<Digest, Chain<long>>.Empty,
        Map<Digest, long>.Empty,
        Map<Digest, long>.Empty,
        Map<Digest, long>.Empty
    );

    /// <summary>The erasing act of a digest; null: it is not erased.</summary>
    public ActId? ErasedBy(Digest digest) =>
        Erased.TryGet(digest, out var index) ? new ActId(index) : null;

    /// <summary>The revealing act of a digest; null: what it names is as it was filed.</summary>
    public ActId? RevealedBy(Digest digest) =>
        Revealed.TryGet(digest, out var index) ? new ActId(index) : null;

    internal NamedDocuments In(Edit? edit) =>
        new(Attachments.In(edit), Sealed.In(edit), Erased.In(edit), Revealed.In(edit));

    internal NamedDocuments Name(Logged entry)
    {
        var named = this;
        foreach (var attachment in entry.Act.Attachments)
        {
            var digest = attachment.Digest;
            named = named with
            {
                Attachments = named.Attachments.Set(
                    digest,
                    new(entry.Index, named.Attachments.Find(digest))
                ),
            };
        }

        if (Subjects.SealedPartOf(entry.Act) is { } part)
        {
            named = named with { Sealed = named.Sealed.Set(part, entry.Index) };
        }

        return entry.Type.Form == ActForm.Sealed
            ? named with
            {
                Sealed = named.Sealed.Set(entry.ActDigest, entry.Index),
            }
            : named;
    }

    internal NamedDocuments Reveal(Reveal act, long index) =>
        this with
        {
            Revealed = Revealed.Set(Opened.DigestOf(act), index),
        };

    internal NamedDocuments Erase(Erase act, long index) =>
        this with
        {
            Erased = Erased.Set(act.Attachment, index),
        };
}
