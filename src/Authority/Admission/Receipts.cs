using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
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
    private readonly KeyRing _keys;
    private readonly string _origin;
    private readonly AnswerStore _answers;
    private readonly Func<long, Statement> _statements;

    internal Receipts(
        MerkleTree tree,
        KeyRing keys,
        string origin,
        AnswerStore answers,
        Func<long, Statement> statements
    ) => (_tree, _keys, _origin, _answers, _statements) = (tree, keys, origin, answers, statements);

    /// <summary>The COSE receipt (RFC 9942) of an entry.</summary>
    /// <param name="index">The log index.</param>
    /// <param name="now">The published tree to fall back on.</param>
    public ReadOnlyMemory<byte> Receipt(long index, Snapshot now)
    {
        var root = RootWith(index, now).Root;
        return root.Receipt(index, _tree.InclusionProof(index, root.Size));
    }

    /// <summary>
    /// The C2SP tlog-proof of an entry: at the witnessed checkpoint, with its cosignatures, once
    /// that contains the entry.
    /// </summary>
    /// <param name="index">The log index.</param>
    /// <param name="now">The published tree to fall back on.</param>
    /// <param name="witnessed">The newest witnessed checkpoint; null: there is none.</param>
    public string Proof(long index, Snapshot now, WitnessedHead? witnessed)
    {
        if (witnessed is not null && index < witnessed.Size)
        {
            var path = _tree.InclusionProof(index, witnessed.Size);
            return new TlogProof(index, path, witnessed.Note.ToString()).ToString();
        }

        var at = RootWith(index, now);
        return new TlogProof(index, _tree.InclusionProof(index, at.Root.Size), at.Note).ToString();
    }

    /// <summary>Signs a published root once, by the key set in force in its tree.</summary>
    internal AnsweredAt Sign(Snapshot now)
    {
        var head = now.Head;
        var key = _keys.Of(KeyPurpose.Receipt, now.World.Network);
        var signer = new ReceiptSigner(key, _origin);
        var root = signer.SignRoot(head.Checkpoint.Size, head.Checkpoint.Root);
        _answers.Keep(new(root.Size, head.Note, root.Signature));
        return new(root, head.Note);
    }

    /// <summary>The answer to whoever filed an act that is in the log.</summary>
    internal FilingOutcome.Filed Answer(Ruling.InLog logged, Signed signed, Snapshot now)
    {
        var at = logged.Root ?? RootWith(logged.Index, now);
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

    private AnsweredAt RootWith(long index, Snapshot now) =>
        _answers.FirstRootWith(index) is { } kept && Restore(kept, now) is { } root
            ? new(root, kept.Note)
            : Sign(now);

    // The signature says whose it is: of two keys that were named at that size, one fits.
    private SignedRoot? Restore(AnsweredRoot kept, Snapshot now) =>
        now
            .World.Network.KeySets.KeysOf(KeyPurpose.Receipt)
            .Where(key => key.IsNamedAt(kept.Size))
            .Select(key =>
                ReceiptSigner.TryRestore(
                    key.Key,
                    _origin,
                    kept.Size,
                    _tree.Root(kept.Size),
                    kept.Signature
                )
            )
            .FirstOrDefault(root => root is not null);

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
