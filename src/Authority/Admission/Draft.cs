using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Stores;

namespace Concord.Authority.Admission;

/// <summary>
/// One commit in the making: the world as it will be, the entries that make it so, and who waits
/// for
/// them. Dropped whole when the commit fails.
/// </summary>
internal sealed class Draft(World world, KeyRing keys, ILogger logger)
{
    private readonly long _from = world.Size;
    private readonly List<(Waiting Waiting, long Index, bool IsDuplicate, long Subject)> _answers =
    [];

    private readonly List<Logged> _folded = [];
    private Problem? _lack;

    /// <summary>The world after the entries.</summary>
    public World World { get; private set; } = world;

    /// <summary>What will be appended.</summary>
    public List<PendingEntry> Entries { get; } = [];

    /// <summary>What the entries erase.</summary>
    public IEnumerable<Digest> Erased =>
        _folded.Select(logged => logged.Act).OfType<Erase>().Select(erase => erase.Attachment);

    /// <summary>Whether the entries change which keys sign.</summary>
    public bool ChangesKeys => _folded.Exists(logged => logged.Act is KeySet or RevokeKey);

    /// <summary>
    /// Judges an act; refusals are answered at once, the others after the commit.
    /// </summary>
    public void Add(Waiting waiting)
    {
        switch (Law.Judge(World, waiting.Signed))
        {
            case Verdict.Admitted admitted when TryFold(admitted.Act, out var index):
                _answers.Add((waiting, index, false, SubjectOf(waiting.Signed, index)));
                break;
            case Verdict.Admitted:
                waiting.Answer(
                    new Ruling.NotTaken(
                        _lack
                            ?? new(
                                Problems.ViewFailed,
                                $"folding {waiting.Signed.Type.Name} failed"
                            )
                    )
                );
                break;
            case Verdict.Duplicate duplicate:
                _answers.Add(
                    (waiting, duplicate.Index, true, SubjectOf(waiting.Signed, duplicate.Index))
                );
                break;
            case Verdict.Refused refused:
                waiting.Answer(new Ruling.Refused(refused.Refusal, World));
                break;
        }
    }

    /// <summary>Adds an act of the authority itself.</summary>
    /// <returns>The refusal, when the law does not admit it.</returns>
    public Refusal? Add(Signed signed) =>
        Law.Judge(World, signed) switch
        {
            Verdict.Admitted admitted => TryFold(admitted.Act, out _)
                ? null
                : throw new InvariantException($"{signed.Type.Name} could not be folded"),
            Verdict.Refused refused => refused.Refusal,
            _ => null,
        };

    /// <summary>Adds the entries to an index: they are durable.</summary>
    public void Index(ActIndex index) => _folded.ForEach(index.Add);

    /// <summary>Answers everybody who waits: the entries are durable and published.</summary>
    public void Answer(AnsweredAt? root)
    {
        foreach (var (waiting, index, isDuplicate, subject) in _answers)
        {
            var at = index >= _from ? root : null;
            waiting.Answer(new Ruling.InLog(index, at, isDuplicate, subject));
        }
    }

    /// <summary>Answers everybody who waits: nothing was committed.</summary>
    public void Fail(Problem problem)
    {
        foreach (var (waiting, index, isDuplicate, subject) in _answers)
        {
            waiting.Answer(
                index < _from
                    ? new Ruling.InLog(index, null, isDuplicate, subject)
                    : new Ruling.NotTaken(problem)
            );
        }
    }

    // The dry fold: a view that fails refuses one act instead of poisoning an append-only log.
    private bool TryFold(AdmittedAct admitted, out long index)
    {
        index = World.Size;
        var logged = admitted.At(index);
        _lack = null;
        World next;
        try
        {
            next = World.Fold(logged);
        }
#pragma warning disable CA1031 // Any failure of a view is a fault of ours; the log stays whole.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var signed = admitted.Signed;
            logger.FoldFailed(e, signed.Type.Name, signed.ActDigest.ToHex());
            return false;
        }

        if (LackIn(next) is { } lack)
        {
            _lack = lack;
            return false;
        }

        World = next;
        Entries.Add(Pend(admitted.Signed));
        _folded.Add(logged);
        return true;
    }

    // A key set takes force when the server can sign by it, or the log would end with it.
    private Problem? LackIn(World next) =>
        next.Network.KeySetDigest != World.Network.KeySetDigest
        && keys.LackOf(next.Network) is { } purpose
            ? new(Problems.KeysMissing, $"none of its keys of the purpose {purpose} is here")
            : null;

    // What a joint act makes goes by the index of its proposal.
    private long SubjectOf(Signed signed, long index) =>
        signed.Act is JointAct && World.Network.Joints.Find(signed.ActDigest) is { } joint
            ? joint.Proposal
            : index;

    private static PendingEntry Pend(Signed signed) =>
        new(
            signed.Statement.Bytes,
            [.. signed.Contents.Select(content => (content.Digest, content.Bytes))]
        );
}
