using System.Buffers.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>What a revealing act carries: the bytes that a digest in the log stands for.</summary>
internal static class Opened
{
    /// <summary>The digest of what is revealed.</summary>
    public static Digest DigestOf(Reveal act) => act.Attachment ?? Digest.Of(Bytes(act.Document));

    /// <summary>The bytes of an opening.</summary>
    public static byte[] Bytes(string? opening) =>
        Base64Url.IsValid(opening)
            ? Base64Url.DecodeFromChars(opening)
            : throw new InvariantException("an opening is read strictly before it is logged");

    /// <summary>The sealed part that an opening is.</summary>
    public static T? Part<T>(ActType type, string opening)
        where T : SealedPart => ActJson.RebuildPart(type, Bytes(opening)) as T;
}
