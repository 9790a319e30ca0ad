using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>Which acts are contested, and what became of each.</summary>
public sealed partial record NetworkView
{
    /// <summary>The confirmations of an entry, newest first.</summary>
    public Map<long, Chain<Confirmation>> Confirmations { get; private init; } =
        Map<long, Chain<Confirmation>>.Empty;

    /// <summary>The voids of acts that count no more, by what they void.</summary>
    public Map<long, long> Voids { get; private init; } = Map<long, long>.Empty;

    /// <summary>Whether an entry was signed by a key in other hands; null: nobody says so.
    /// </summary>
    /// <param name="index">The entry.</param>
    /// <param name="key">The key that signed it.</param>
    /// <param name="at">The last tick before it.</param>
    public Doubt? DoubtOf(long index, KeyId key, Instant at) =>
        Keys.Find(key) is { } record && record.IsContestedAt(at)
            ? new(
                record.CompromisedSince!.Value,
                ConfirmationOf(index),
                Voids.TryGet(index, out var act) ? new ActId(act) : null
            )
            : null;

    /// <summary>The doubts about the signatures by which a joint act is in force.</summary>
    public IReadOnlyList<Doubt> DoubtsOf(JointState joint) =>
        [.. joint.Signatures.Select(one => DoubtOf(one.Index, one.Key, one.At)).OfType<Doubt>()];

    // One that was itself signed in other hands confirms nothing, whatever is said of it.
    internal ActId? ConfirmationOf(long index)
    {
        var first = Confirmations
            .Find(index)
            ?.LastOrDefault(one => !(Keys.Find(one.Key)?.IsContestedAt(one.At) ?? false));
        return first is null ? null : new ActId(first.Index);
    }

    private NetworkView Stand(Confirm act, Logged entry)
    {
        var index = act.Target.Index;
        var one = new Confirmation(entry.Index, entry.Key, At);
        return this with
        {
            Confirmations = Confirmations.Set(index, new(one, Confirmations.Find(index))),
        };
    }
}
