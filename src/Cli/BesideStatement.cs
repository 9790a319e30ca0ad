using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>
/// Checks what lies side by side under one name: a statement, its act, its proof with whoever
/// cosigned it, its receipt.
/// </summary>
/// <param name="session">Where the trusted keys are.</param>
/// <param name="vkey">The log's verifier key, or a file that holds it; null: of the data
/// folder.</param>
/// <param name="signer">The signer's key; null when it is not known.</param>
/// <param name="policy">Whose cosignatures are asked; null: nobody said.</param>
internal sealed class BesideStatement(
    Session session,
    string? vkey,
    FileInfo? signer,
    TlogPolicy? policy
)
{
    /// <summary>Checks a statement and what lies beside it.</summary>
    /// <param name="stem">The path that they have in common.</param>
    /// <param name="bytes">The statement.</param>
    public IEnumerable<Finding> Check(string stem, byte[] bytes)
    {
        if (!Statement.TryParse(bytes, out var statement, out var fault))
        {
            yield return new("statement", false, $"{fault.Detail} ({fault.Where})");
            yield break;
        }

        yield return new("statement", true, $"{statement.Id}, of {statement.Issuer}");
        yield return Act(stem, statement);
        yield return Signature(statement);
        yield return Proof(stem, bytes, out var note);
        yield return CosignatureCheck.Of(policy, note);
        yield return ReceiptOf(stem, bytes);
    }

    private static Finding Act(string stem, Statement statement)
    {
        if (!statement.IsEnvelope)
        {
            return Act(statement, statement.Payload);
        }

        var digest = new Digest(statement.Payload.Span);
        var file = stem + ReceiptFiles.Act;
        if (!File.Exists(file))
        {
            return new("act", null, $"sealed; {Path.GetFileName(file)} is not here to be compared");
        }

        var bytes = File.ReadAllBytes(file);
        return Digest.Of(bytes) == digest
            ? Act(statement, bytes)
            : new("act", false, $"sealed; the digest of {Path.GetFileName(file)} is not {digest}");
    }

    private static Finding Act(Statement statement, ReadOnlyMemory<byte> bytes) =>
        !ActBytes.TryParse(statement.ContentType, bytes, out var type, out var act, out var bad)
            ? new("act", false, $"{bad.Detail} ({bad.Path})")
        : Opening.CheckForm(statement, type, act) is { } form
            ? new("act", false, $"{form.Detail} ({form.Where})")
        : new("act", true, $"{type.Name}, {Digest.Of(bytes.Span)}");

    private Finding Signature(Statement statement)
    {
        if (signer is not { } file)
        {
            return new(
                "signature",
                null,
                $"not checked: --signer FILE names the key {statement.Key}"
            );
        }

        return statement.Verify(SignerFile.Read(file.FullName), out var fault)
            ? new("signature", true, $"by the key {statement.Key}")
            : new("signature", false, fault.Detail);
    }

    private Finding Proof(string stem, byte[] statement, out string? note)
    {
        note = null;
        var file = stem + ReceiptFiles.Proof;
        if (!File.Exists(file))
        {
            return new("proof", null, "there is none beside the statement");
        }

        if (
            !TlogProof.TryParse(File.ReadAllText(file), out var proof, out var fault)
            || !proof.Verify(statement, KeysOf(proof), out var checkpoint, out fault)
        )
        {
            return new("proof", false, fault);
        }

        if (EndedBefore(checkpoint.Origin, checkpoint.Size) is { } ended)
        {
            return new("proof", false, ended);
        }

        note = proof.CheckpointNote;
        return new(
            "proof",
            true,
            $"entry {proof.Index} of {checkpoint.Origin}, at the signed size {checkpoint.Size}"
        );
    }

    private Finding ReceiptOf(string stem, byte[] statement)
    {
        var file = stem + ReceiptFiles.Receipt;
        if (!File.Exists(file))
        {
            return new("receipt", null, "there is none beside the statement");
        }

        if (!Receipt.TryParse(File.ReadAllBytes(file), out var receipt, out var fault))
        {
            return new("receipt", false, $"{fault.Detail} ({fault.Where})");
        }

        if (EndedBefore(receipt.Issuer, receipt.TreeSize) is { } ended)
        {
            return new("receipt", false, ended);
        }

        var published = ReceiptKeys().FirstOrDefault(one => one.Read().Id == receipt.Key);
        return published?.Read() is not { } key
                ? new(
                    "receipt",
                    null,
                    $"not checked: the receipt key {receipt.Key} is not known here"
                )
            : !string.Equals(receipt.Issuer, session.File.Origin, StringComparison.Ordinal)
                ? new(
                    "receipt",
                    false,
                    $"it is of the log {receipt.Issuer}, not of {session.File.Origin} (iss)"
                )
            : !published.IsNamedAt(receipt.TreeSize)
                ? new(
                    "receipt",
                    false,
                    $"the key {receipt.Key} signs no receipts at the tree size {receipt.TreeSize}: "
                        + "the key set in force there does not name it, or it was revoked"
                )
            : !receipt.Verify(key, statement, out var root, out fault)
                ? new("receipt", false, $"{fault.Detail} ({fault.Where})")
            : receipt.TreeSize >= published.ContestedFrom
                ? new(
                    "receipt",
                    null,
                    $"contested: the key {receipt.Key} was revoked as in other hands from the tree "
                        + $"size {published.ContestedFrom} on, and this is at "
                        + $"{receipt.TreeSize}; a proof of the log says more"
                )
            : new(
                "receipt",
                true,
                $"entry {receipt.Index} of {receipt.Issuer}, tree size {receipt.TreeSize}, "
                    + $"root {root}"
            );
    }

    /// <summary>The receipt keys that the trusted authority.json names.</summary>
    private IEnumerable<PublishedKey> ReceiptKeys() =>
        session.HasFolder ? session.File.ReceiptKeys : [];

    // What was logged before a succession is checked by the key of the log that ended.
    private LogKeys KeysOf(TlogProof proof) =>
        vkey is null
        && Predecessor is { } last
        && proof.CheckpointNote.StartsWith(last.Origin + "\n", StringComparison.Ordinal)
            ? last.LogKeys()
            : Keys();

    private PublishedPredecessor? Predecessor =>
        session.HasFolder ? session.File.Predecessor : null;

    /// <summary>Why a tree of the log that ended is not its own; null: it is, or of another.
    /// </summary>
    private string? EndedBefore(string origin, long size) =>
        Predecessor is { } last
        && string.Equals(origin, last.Origin, StringComparison.Ordinal)
        && size > last.Size
            ? $"{origin} ended at size {last.Size}, and this is of a tree of {size}: whoever "
                + "signed it had its keys, and not the log"
            : null;

    private LogKeys Keys()
    {
        if (vkey is not { } word)
        {
            return session.File.LogKeys();
        }

        var text = File.Exists(word) ? File.ReadAllText(word).Trim() : word;
        return NoteVerifier.TryParse(text, out var key, out var fault)
            ? key
            : throw new CommandFault(
                ExitCode.Usage,
                $"--vkey: {fault}",
                "Take it from the authority's own page or from `concord log vkey`, once, and "
                    + "keep it."
            );
    }
}
