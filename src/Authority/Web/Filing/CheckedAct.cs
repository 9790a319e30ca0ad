using System.Text;
using Concord.Acts;
using Concord.Ledger;

namespace Concord.Authority.Web.Filing;

/// <summary>
/// An act that the law would admit, ready to be shown and signed: the very bytes, and the id of the
/// statement that a passkey would sign.
/// </summary>
/// <param name="Signed">The act as it will be signed.</param>
public sealed record CheckedAct(Signed Signed)
{
    /// <summary>The bytes of the act.</summary>
    public ReadOnlyMemory<byte> Document => Signed.Statement.Payload;

    /// <summary>The bytes of the act as text.</summary>
    public string Text => Encoding.UTF8.GetString(Document.Span);

    /// <summary>The digest of the act.</summary>
    public Digest Digest => Signed.ActDigest;

    /// <summary>What is signed: the id of the statement.</summary>
    public Digest Id => Signed.Statement.Id;

    /// <summary>A coordinate of the key as scripts read it.</summary>
    public static string Coordinate(ReadOnlyMemory<byte> bytes) =>
        System.Buffers.Text.Base64Url.EncodeToString(bytes.Span);
}
