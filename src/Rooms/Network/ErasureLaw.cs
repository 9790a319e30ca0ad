using Concord.Acts;
using Concord.Acts.Network;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of erasure: an attachment of an act is erased once, wherever it hangs, and what is
/// erased does not come back.
/// </summary>
[Clause("network")]
internal static class ErasureLaw
{
    private const string Source = "DESIGN §3, attachments; decisions/0008";

    public static Refusal? Refuse(Hearing hearing, Erase act)
    {
        if (hearing.Speaker is not Speaker.Authority { Purpose: KeyPurpose.Registrar })
        {
            return Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!);
        }

        if (act.Target.Index >= hearing.World.Size)
        {
            return Refusals.NotThere("$.target", "act", act.Target.ToString());
        }

        var documents = hearing.World.Network.Documents;
        if (documents.Attachments.Find(act.Attachment)?.Contains(act.Target.Index) is not true)
        {
            return Refusals.NotThere(
                "$.attachment",
                $"attachment of {act.Target}",
                act.Attachment.ToString()
            );
        }

        return documents.ErasedBy(act.Attachment) is { } before
                ? new(
                    "already-erased",
                    "An attachment is erased once.",
                    Source,
                    "$.attachment",
                    $"It was erased by {before}.",
                    "Nothing needs to be done: it is erased on every act that names it."
                )
            : documents.Sealed.TryGet(act.Attachment, out var holder)
                ? new(
                    "not-erasable",
                    "Sealed acts and sealed parts are read by law and are not erased.",
                    Source,
                    "$.attachment",
                    $"The same bytes are what {new ActId(holder)} has sealed.",
                    "A member of an act that must go is replaced by network/void."
                )
            : null;
    }

    /// <summary>Refuses an act that would bring erased bytes back.</summary>
    public static Refusal? RefuseErased(Hearing hearing)
    {
        var documents = hearing.World.Network.Documents;
        foreach (var content in hearing.Signed.Contents)
        {
            if (documents.ErasedBy(content.Digest) is { } erased)
            {
                return new(
                    "erased-before",
                    "What is erased is not filed again.",
                    Source,
                    "$.attachments",
                    $"The bytes with the digest {content.Digest} were erased by {erased}.",
                    "File the act without them."
                );
            }
        }

        return null;
    }
}
