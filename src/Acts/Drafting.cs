using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>Composes statements for acts: what a party's own tool does before it files.</summary>
public static class Drafting
{
    /// <summary>Signs an act with whatever belongs to it.</summary>
    /// <param name="act">The act; the digest of its sealed part is filled in.</param>
    /// <param name="issuer">The issuer, <c>{origin}#{speaker}</c>.</param>
    /// <param name="signer">The private key.</param>
    /// <param name="sealedPart">The sealed part of a split act.</param>
    /// <param name="attachments">16 random bytes and the file, each, as the act lists them.</param>
    public static Received Compose(
        Act act,
        string issuer,
        StatementSigner signer,
        SealedPart? sealedPart = null,
        IReadOnlyList<ReadOnlyMemory<byte>>? attachments = null
    )
    {
        var (unsigned, document, part) = Prepare(act, issuer, signer.PublicKey, sealedPart);
        return new(
            unsigned.With(signer.SignDigest(unsigned.Id)),
            document,
            part,
            attachments ?? []
        );
    }

    /// <summary>
    /// Composes all but the signature, for a signer elsewhere (a passkey, a token): sign the id, or
    /// answer its challenge, and finish with <see cref="UnsignedStatement.With"/>.
    /// </summary>
    public static (
        UnsignedStatement Statement,
        ReadOnlyMemory<byte>? Document,
        ReadOnlyMemory<byte>? SealedPart
    ) Prepare(Act act, string issuer, PublicKey key, SealedPart? sealedPart = null)
    {
        ReadOnlyMemory<byte>? part = null;
        if (sealedPart is not null)
        {
            var bytes = ActJson.Write(sealedPart);
            act = WithSealedPart(act, Digest.Of(bytes));
            part = bytes;
        }

        var type = ActTable.Of(act);
        var document = ActBytes.Write(act);
        var isSealed = type.Form == ActForm.Sealed;
        var unsigned = new UnsignedStatement(
            key,
            new(issuer, Subjects.Of(act), ActBytes.ContentTypeOf(type)),
            isSealed ? Digest.Of(document).ToArray() : document,
            isSealed
        );
        // A null array would become an empty memory, which is not the same as none.
        ReadOnlyMemory<byte>? separate = isSealed ? new(document) : null;
        return (unsigned, separate, part);
    }

    private static Act WithSealedPart(Act act, Digest digest) =>
        act switch
        {
            Site a => a with { SealedPart = digest },
            RegisterModel a => a with { SealedPart = digest },
            Transfer a => a with { SealedPart = digest },
            Appeal a => a with { SealedPart = digest },
            DecideAppeal a => a with { SealedPart = digest },
            FoundCopy a => a with { SealedPart = digest },
            _ => throw new ArgumentException(
                $"{ActTable.Of(act).Name} has no sealed part.",
                nameof(act)
            ),
        };
}
