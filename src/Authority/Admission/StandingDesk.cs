using System.Collections.Concurrent;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms.Registry;

namespace Concord.Authority.Admission;

/// <summary>
/// Signs answers on standing (<c>specs/standing.md</c>): what the log says of a model, release or
/// digest at one size of its tree, so that whoever holds the log can refute an answer that lies.
/// An answer is signed once for a tree and kept while that is the newest; any thread may ask.
/// </summary>
public sealed class StandingDesk
{
    private const int KeptMax = 1 << 14;

    private readonly KeyRing _keys;
    private readonly string _issuer;
    private readonly Func<Snapshot> _newest;
    private readonly Func<Snapshot?> _witnessed;
    private volatile Kept _kept = new(null, null);

    internal StandingDesk(
        KeyRing keys,
        string origin,
        Func<Snapshot> newest,
        Func<Snapshot?> witnessed
    ) => (_keys, _issuer, _newest, _witnessed) = (keys, $"{origin}#authority", newest, witnessed);

    /// <summary>Whether the authority has a key for it; one founded before there was such a key
    /// has none.</summary>
    public bool IsOpen => KeyIn(_newest()) is not null;

    /// <summary>The answer about a subject.</summary>
    /// <exception cref="InvalidOperationException">The desk is not open.</exception>
    public SignedStanding Answer(SubjectId asked) => Answer(asked.ToString());

    /// <summary>The answer about whatever has a file with this digest.</summary>
    /// <exception cref="InvalidOperationException">The desk is not open.</exception>
    public SignedStanding Answer(Digest asked) => Answer(asked.ToString());

    private SignedStanding Answer(string asked)
    {
        var kept = KeptNow();
        if (kept.Answers.TryGetValue(asked, out var known))
        {
            return known;
        }

        var answer = Sign(kept, asked);
        kept.Keep(asked, answer);
        return answer;
    }

    private Kept KeptNow()
    {
        var (newest, witnessed) = (_newest(), _witnessed());
        var kept = _kept;
        if (kept.Newest == newest && kept.Witnessed == witnessed)
        {
            return kept;
        }

        // Two threads may each make one; the answers of the one that is lost are signed again.
        return _kept = new(newest, witnessed);
    }

    private StatementSigner? KeyIn(Snapshot snapshot) =>
        _keys.Find(KeyPurpose.Standing, snapshot.World.Network);

    // What is witnessed is told, unless something has changed since: bad news waits for nobody. A
    // new key set is news, too: an answer is signed by a key of the set in force in its tree.
    private SignedStanding Sign(Kept kept, string asked)
    {
        var newest = kept.Newest!;
        var key =
            KeyIn(newest) ?? throw new InvalidOperationException("There is no key for standing.");
        var now = StandingAnswer.Look(newest.World, asked);
        var (snapshot, standing, isWitnessed) =
            kept.Witnessed is { } before
            && before.World.Network.KeySetDigest == newest.World.Network.KeySetDigest
            && StandingAnswer.Look(before.World, asked) is var then
            && IsSame(then, now)
                ? (before, then, true)
                : (newest, now, false);
        var body = StandingAnswer.Write(asked, snapshot, standing, isWitnessed);
        var header = new StatementHeader(_issuer, StandingAnswer.Subject, StandingAnswer.MediaType);
        return new(key.Sign(header, body, envelope: false), body);
    }

    private static bool IsSame(EffectiveStanding? one, EffectiveStanding? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Subject == other.Subject
                && one.By == other.By
                && one.Own.State == other.Own.State
                && one.Own.DecidedBy == other.Own.DecidedBy
                && one.Own.Until == other.Own.Until
                && one.MarkedBy.SequenceEqual(other.MarkedBy);

    private sealed record Kept(Snapshot? Newest, Snapshot? Witnessed)
    {
        private int _count;

        public ConcurrentDictionary<string, SignedStanding> Answers { get; } =
            new(StringComparer.Ordinal);

        // Counted apart: to count a concurrent dictionary takes all of its locks.
        public void Keep(string asked, SignedStanding answer)
        {
            if (Interlocked.Increment(ref _count) <= KeptMax)
            {
                Answers.TryAdd(asked, answer);
            }
        }
    }
}
