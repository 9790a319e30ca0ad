using Concord.Ledger;
using Concord.Rooms.Network;

namespace Concord.Cli.Monitoring;

/// <summary>
/// The keys of a log that is followed: the pinned one, and once the log that it signed has said so
/// by key sets of its roots, those that took over from it.
/// </summary>
internal sealed class FollowedKeys
{
    private readonly List<KeyAct> _acts;
    private readonly KeySetChain _chain;

    /// <summary>What is known when nothing of the log was read.</summary>
    public FollowedKeys(NoteVerifier pinned) => (Pinned, _acts, _chain) = (pinned, [], new());

    private FollowedKeys(FollowedKeys other) =>
        (Pinned, _acts, _chain) = (other.Pinned, [.. other._acts], other._chain.Copy());

    /// <summary>The key that the reader pinned.</summary>
    public NoteVerifier Pinned { get; }

    /// <summary>The entries that say which keys there are, to be kept.</summary>
    public IReadOnlyList<KeyAct> Acts => _acts;

    /// <summary>The keys, each with the trees that it signs.</summary>
    public LogKeys Now =>
        _chain.Sets.LogKeys() is { } named && named.Verifiers.Contains(Pinned) ? named : Pinned;

    /// <summary>The same, to be read on in a tree that is not accepted yet.</summary>
    public FollowedKeys Copy() => new(this);

    /// <summary>Reads an entry that concerns keys.</summary>
    public void Read(KeyAct act)
    {
        _acts.Add(act);
        _chain.Read(act.Index, act.Entry);
    }

    /// <summary>An entry that concerns keys.</summary>
    /// <param name="Index">Its index.</param>
    /// <param name="Entry">The statement.</param>
    internal sealed record KeyAct(long Index, byte[] Entry);
}
