using System.Diagnostics.CodeAnalysis;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>
/// Opens what came in: from <see cref="Received"/> bytes to a <see cref="Signed"/> act, cheap
/// checks before the signature. It says who says what; whether they may is the law's.
/// </summary>
public static partial class Opening
{
    /// <summary>Opens a filing.</summary>
    /// <param name="received">The bytes.</param>
    /// <param name="keyOf">
    /// The key of a thumbprint, null when unknown. Genesis, and a key that is added by an
    /// invitation, bring theirs in the body.
    /// </param>
    /// <param name="signed">The signed act.</param>
    /// <param name="fault">The one problem.</param>
    public static bool TryOpen(
        Received received,
        Func<KeyId, PublicKey?> keyOf,
        [NotNullWhen(true)] out Signed? signed,
        [NotNullWhen(false)] out OpeningFault? fault
    )
    {
        if (Statement.TryParse(received.Statement, out var statement, out var gate))
        {
            return TryOpen(received, statement, keyOf, out signed, out fault);
        }

        signed = null;
        fault = OpeningFault.From(OpeningStep.Statement, gate);
        return false;
    }

    /// <summary>Opens a filing whose statement went through the gate already.</summary>
    /// <param name="received">The bytes.</param>
    /// <param name="statement">The statement among them.</param>
    /// <param name="keyOf">The key of a thumbprint, null when unknown.</param>
    /// <param name="signed">The signed act.</param>
    /// <param name="fault">The one problem.</param>
    public static bool TryOpen(
        Received received,
        Statement statement,
        Func<KeyId, PublicKey?> keyOf,
        [NotNullWhen(true)] out Signed? signed,
        [NotNullWhen(false)] out OpeningFault? fault
    ) => TryOpen(received, statement, keyOf, isForeseen: false, out signed, out fault);

    private static bool TryOpen(
        Received received,
        Statement statement,
        Func<KeyId, PublicKey?> keyOf,
        bool isForeseen,
        [NotNullWhen(true)] out Signed? signed,
        [NotNullWhen(false)] out OpeningFault? fault,
        bool areAttachmentsApart = false
    )
    {
        signed = null;
        fault = TryDocument(received, statement, out var document, out var digest);
        if (fault is not null)
        {
            return false;
        }

        if (
            !ActBytes.TryParse(
                statement.ContentType,
                document,
                out var type,
                out var act,
                out var bad
            )
        )
        {
            fault = OpeningFault.From(OpeningStep.Act, bad);
            return false;
        }

        var contents = new List<Content>();
        if (statement.IsEnvelope)
        {
            contents.Add(new(digest, document));
        }

        SealedPart? part = null;
        fault =
            CheckForm(statement, type, act)
            ?? CheckSealedPart(received, type, act, contents, ref part)
            ?? (areAttachmentsApart ? null : CheckAttachments(received, act, contents));
        if (fault is not null)
        {
            return false;
        }

        if (KeyOf(statement, act, keyOf) is not { } key)
        {
            fault = new(
                OpeningStep.Key,
                "unknown-key",
                "kid (4)",
                $"No party, officer or root has the key {statement.Key}; have it admitted first."
            );
            return false;
        }

        StatementFault? forged = null;
        if (!isForeseen && !statement.Verify(key, out forged))
        {
            fault = OpeningFault.From(OpeningStep.Signature, forged);
            return false;
        }

        signed = new()
        {
            Statement = statement,
            Type = type,
            Act = act,
            ActDigest = digest,
            SealedPart = part,
            Key = key,
            IsForeseen = isForeseen,
            Contents = contents,
        };
        return true;
    }

    private static OpeningFault? TryDocument(
        Received received,
        Statement statement,
        out ReadOnlyMemory<byte> document,
        out Digest digest
    )
    {
        document = statement.Payload;
        if (!statement.IsEnvelope)
        {
            digest = Digest.Of(document.Span);
            return received.Document is null or { Length: 0 }
                ? null
                : Documents(
                    "surplus-document",
                    "act",
                    "The statement carries its act, so no act may come beside it."
                );
        }

        digest = new(statement.Payload.Span);
        if (received.Document is not { Length: > 0 } separate)
        {
            return Documents(
                "missing-document",
                "act",
                $"The statement is sealed; send the act whose digest is {digest} with it."
            );
        }

        document = separate;
        return document.Length > Statement.MaxOpenPayloadBytes
                ? Documents(
                    "document-too-large",
                    "act",
                    $"The act has {document.Length} bytes; it has at most "
                        + $"{Statement.MaxOpenPayloadBytes}."
                )
            : Digest.Of(document.Span) == digest ? null
            : Documents(
                "wrong-document",
                "act",
                $"The digest of the act is not {digest}, which the statement carries."
            );
    }

    /// <summary>
    /// Whether form and subject of a statement are those of its act; null when they are.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="type">The type of its act.</param>
    /// <param name="act">The act.</param>
    public static OpeningFault? CheckForm(Statement statement, ActType type, Act act)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(type);
        if (statement.IsEnvelope != (type.Form == ActForm.Sealed))
        {
            return new(
                OpeningStep.Form,
                "wrong-form",
                "header 258",
                statement.IsEnvelope
                    ? $"{type.Name} is open: its statement carries the act, not a digest."
                    : $"{type.Name} is sealed: its statement carries the digest, not the act."
            );
        }

        var subject = Subjects.Of(act);
        return string.Equals(subject, statement.Subject, StringComparison.Ordinal)
            ? null
            : new(
                OpeningStep.Form,
                "wrong-subject",
                "sub (15, 2)",
                $"The subject must be '{subject}' and is '{statement.Subject}'."
            );
    }

    private static OpeningFault? CheckSealedPart(
        Received received,
        ActType type,
        Act act,
        List<Content> contents,
        ref SealedPart? part
    )
    {
        if (Subjects.SealedPartOf(act) is not { } digest)
        {
            return received.SealedPart is null or { Length: 0 }
                ? null
                : Documents(
                    "surplus-document",
                    "sealed_part",
                    "The act names no sealed part; send none, or name its digest."
                );
        }

        if (received.SealedPart is not { Length: > 0 } bytes)
        {
            return Documents(
                "missing-document",
                "sealed_part",
                $"The act names a sealed part; send the document whose digest is {digest}."
            );
        }

        if (bytes.Length > Statement.MaxOpenPayloadBytes)
        {
            return Documents(
                "document-too-large",
                "sealed_part",
                $"The sealed part has {bytes.Length} bytes; it has at most "
                    + $"{Statement.MaxOpenPayloadBytes}."
            );
        }

        if (Digest.Of(bytes.Span) != digest)
        {
            return Documents(
                "wrong-document",
                "sealed_part",
                $"The digest of the sealed part is not {digest}, which the act names."
            );
        }

        contents.Add(new(digest, bytes));
        return ActJson.TryParsePart(type, bytes, out part, out var fault)
            ? null
            : OpeningFault.From(OpeningStep.Documents, fault.Within("sealed_part"));
    }

    private static OpeningFault? CheckAttachments(
        Received received,
        Act act,
        List<Content> contents
    )
    {
        if (received.Attachments.Count == 0 && act.Attachments.Count == 0)
        {
            return null;
        }

        var missing = act.Attachments.Select(a => a.Digest).ToHashSet();
        for (var i = 0; i < received.Attachments.Count; i++)
        {
            var bytes = received.Attachments[i];
            var digest = Digest.Of(bytes.Span);
            if (bytes.Length < 16 || !missing.Remove(digest))
            {
                return Documents(
                    "surplus-document",
                    $"attachment[{i}]",
                    $"The act names no attachment with the digest {digest}. An attachment is 16 "
                        + "random bytes and the file."
                );
            }

            contents.Add(new(digest, bytes));
        }

        return missing.Count == 0
            ? null
            : Documents(
                "missing-document",
                "attachment",
                $"The act names an attachment that is not here: {missing.First()}."
            );
    }

    /// <summary>
    /// The key that a statement names: a known one, or one that the act itself brings; null: there
    /// is none.
    /// </summary>
    public static PublicKey? KeyOf(Statement statement, Act act, Func<KeyId, PublicKey?> keyOf)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(keyOf);
        return keyOf(statement.Key) ?? KeyInBody(act, statement.Key);
    }

    private static PublicKey? KeyInBody(Act act, KeyId id) =>
        act switch
        {
            Genesis genesis => genesis.Roots.Keys.FirstOrDefault(root => root.Key.Id == id)?.Key,
            AddKey { Invitation: not null } add when add.Key.Key.Id == id => add.Key.Key,
            _ => null,
        };

    private static OpeningFault Documents(string code, string where, string detail) =>
        new(OpeningStep.Documents, code, where, detail);
}
