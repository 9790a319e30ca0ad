using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Witnesses;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Stores;

namespace Concord.Authority.Admission;

/// <summary>
/// Makes receipts: one signature for each published root, shared by all receipts at it. An act's
/// receipt is the one at the first root that was signed over it, so the same act gets the same
/// receipt for ever.
/// </summary>
public sealed class Receipts
{
    private readonly MerkleTree _tree;
    private readonly ReceiptSigner _signer;
    private readonly AnswerStore _answers;
    private readonly Func<long, Statement> _statements;

    internal Receipts(
        MerkleTree tree,
        ReceiptSigner signer,
        AnswerStore answers,
        Func<long, Statement> statements
    ) => (_tree, _signer, _answers, _statements) = (tree, signer, answers, statements);

    /// <summary>The COSE receipt (RFC 9942) of an entry.</summary>
    /// <param name="index">The log index.</param>
    /// <param name="head">The published checkpoint to fall back on.</param>
    public ReadOnlyMemory<byte> Receipt(long index, PublishedHead head)
    {
        var root = RootWith(index, head).Root;
        return root.Receipt(index, _tree.InclusionProof(index, root.Size));
    }

    /// <summary>
    /// The C2SP tlog-proof of an entry: at the witnessed checkpoint, with its cosignatures, once
    /// that contains the entry.
    /// </summary>
    /// <param name="index">The log index.</param>
    /// <param name="head">The published checkpoint to fall back on.</param>
    /// <param name="witnessed">The newest witnessed checkpoint; null: there is none.</param>
    public string Proof(long index, PublishedHead head, WitnessedHead? witnessed)
    {
        if (witnessed is not null && index < witnessed.Size)
        {
            var path = _tree.InclusionProof(index, witnessed.Size);
            return new TlogProof(index, path, witnessed.Note.ToString()).ToString();
        }

        var at = RootWith(index, head);
        return new TlogProof(index, _tree.InclusionProof(index, at.Root.Size), at.Note).ToString();
    }

    /// <summary>Signs a published root once.</summary>
    internal AnsweredAt Sign(PublishedHead head)
    {
        var root = _signer.SignRoot(head.Checkpoint.Size, head.Checkpoint.Root);
        _answers.Keep(new(root.Size, head.Note, root.Signature));
        return new(root, head.Note);
    }

    /// <summary>The answer to whoever filed an act that is in the log.</summary>
    internal FilingOutcome.Filed Answer(Ruling.InLog logged, Signed signed, PublishedHead head)
    {
        var at = logged.Root ?? RootWith(logged.Index, head);
        var path = _tree.InclusionProof(logged.Index, at.Root.Size);
        return new(
            logged.Index,
            logged.IsDuplicate ? _statements(logged.Index).Id : signed.Statement.Id,
            at.Root.Receipt(logged.Index, path),
            new(logged.Index, path, at.Note),
            logged.IsDuplicate
        )
        {
            Act = signed.Type.Name,
            Subject = SubjectOf(signed.Act, logged.Subject),
        };
    }

    private AnsweredAt RootWith(long index, PublishedHead head) =>
        _answers.FirstRootWith(index) is { } kept
            ? new(_signer.Restore(kept.Size, _tree.Root(kept.Size), kept.Signature), kept.Note)
            : Sign(head);

    private static string? SubjectOf(Act act, long index) =>
        act switch
        {
            AdmitParty => new PartyId(index).ToString(),
            Site => new SiteId(index).ToString(),
            RegisterModel or ReportModel => new ModelId(index).ToString(),
            Release => new ReleaseId(index).ToString(),
            Deploy => new DeploymentId(index).ToString(),
            Transfer => new TransferId(index).ToString(),
            _ => null,
        };
}
