using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of revealing: a party makes public what it stated in confidence itself, and what is
/// public stays so.
/// </summary>
[Clause("network")]
internal static class RevealLaw
{
    private const string Source = "DESIGN §3, visibility; decisions/0013";

    public static Refusal? Refuse(Hearing hearing, Reveal act)
    {
        if (hearing.Party is not { } party)
        {
            return Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!);
        }

        // Whoever did not file it learns nothing of it, not even that it is there.
        if (FiledAt(hearing.World, act.Target.Index) is not var (filer, content) || filer != party)
        {
            return Refusals.NotThere("$.target", "act of yours", act.Target.ToString());
        }

        var documents = hearing.World.Network.Documents;
        return act.Document is { } text
            ? Document(documents, content, Digest.Of(Opened.Bytes(text)))
            : Attachment(documents, act, act.Attachment!.Value);
    }

    private static Refusal? Document(NamedDocuments documents, Digest? content, Digest opened) =>
        content is not { } digest ? Refusals.NotThere("$.target", "sealed content of", "this act")
        : opened != digest
            ? new(
                "not-the-opening",
                "What is revealed is what was sealed, byte for byte.",
                Source,
                "$.document",
                $"The log has {digest}; the SHA-256 of the document is {opened}.",
                "Take the very file that was filed: *.sealed.json or *.act.json beside the receipt."
            )
        : documents.RevealedBy(digest) is { } before ? Before(before, "$.document")
        : null;

    private static Refusal? Attachment(NamedDocuments documents, Reveal act, Digest digest) =>
        documents.Attachments.Find(digest)?.Contains(act.Target.Index) is not true
            ? Refusals.NotThere("$.attachment", $"attachment of {act.Target}", digest.ToString())
        : documents.ErasedBy(digest) is { } erased
            ? new(
                "erased-before",
                "What is erased is shown to nobody.",
                Source,
                "$.attachment",
                $"It was erased by {erased}.",
                "Nothing can be done with it."
            )
        : documents.RevealedBy(digest) is { } before ? Before(before, "$.attachment")
        : null;

    private static Refusal Before(ActId act, string path) =>
        new(
            "already-public",
            "What is public is not revealed again.",
            Source,
            path,
            $"It is public since {act}.",
            "Nothing needs to be done."
        );

    // What two parties have sealed together, and what the authority has sealed of a party, is for
    // neither of them alone to show.
    private static (PartyId Filer, Digest? Content)? FiledAt(World world, long index)
    {
        var (network, registry) = (world.Network, world.Registry);
        if (network.Sites.Find(new(index)) is { } site)
        {
            return (site.Act.Operator, site.Act.SealedPart);
        }

        if (network.Appeals.All.Find(index) is { } appeal)
        {
            return (appeal.Act.By, appeal.Act.SealedPart);
        }

        if (registry.Questions.Answers.TryGet(index, out var question))
        {
            var record = registry.Questions.All[question];
            return (record.Act.To, record.Replies.First(one => one.Index == index).Digest);
        }

        if (world.Lineage.Weights.Matches.Find(index) is { Act: FoundCopy found })
        {
            return (found.By, found.SealedPart);
        }

        if (registry.FilerOf(new(index)) is not Speaker.Party { Id: var filer })
        {
            return null;
        }

        var content =
            registry.Deployments.Find(new(index)) is { } deployment ? deployment.Digest
            : registry.Models.Find(new(index)) is { } model ? model.Registration?.SealedPart
            : null;
        return (filer, content);
    }
}
