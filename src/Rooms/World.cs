using Concord.Acts;
using Concord.Measures;
using Concord.Rooms.Lineage;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;

namespace Concord.Rooms;

/// <summary>
/// All views at one log index: one immutable value, folded by a single writer and read by many. A
/// pure function of the log, so the server, a replay, a mirror and a test make the same one.
/// </summary>
/// <param name="Size">The number of entries folded.</param>
/// <param name="Network">Parties, keys, joint acts, rulebooks, the clock.</param>
/// <param name="Registry">Models, releases, deployments, transfers, standing.</param>
/// <param name="Lineage">What was made from what.</param>
public sealed record World(
    long Size,
    NetworkView Network,
    RegistryView Registry,
    LineageView Lineage
)
{
    /// <summary>Before the first entry.</summary>
    public static readonly World Empty = new(
        0,
        NetworkView.Empty,
        RegistryView.Empty,
        LineageView.Empty
    );

    /// <summary>The time by which acts are judged: the last tick, before it the founding.</summary>
    public Instant At => Network.At;

    /// <summary>
    /// The next moment at which something falls due by itself; null: nothing pends.
    /// </summary>
    public Instant? NextDeadline =>
        (Registry.NextDeadline, Network.NextDeadline) switch
        {
            ({ } one, { } other) => one < other ? one : other,
            var (one, other) => one ?? other,
        };

    /// <summary>The world after one more entry.</summary>
    /// <param name="entry">The entry at index <see cref="Size"/>.</param>
    /// <exception cref="InvariantException">The entry is not the next one.</exception>
    public World Fold(Logged entry)
    {
        Invariant.Hold(entry.Index == Size, "entries are folded in order, each once");
        var network = Network.Fold(entry, out var effect);
        var lineage = Lineage.Fold(entry, effect, Registry);
        var registry = Registry.Fold(entry, effect, network);
        var world = new World(Size + 1, network, registry, lineage);
        return Contradictions.After(world, entry, effect) is { } finding
            ? world with
            {
                Registry = registry.With(finding),
            }
            : world;
    }

    /// <summary>Who filed what its filer may take back and has not; null: there is none.</summary>
    internal Speaker? FilerOf(ActId target) =>
        Registry.FilerOf(target) ?? Lineage.Weights.FilerOf(target);

    /// <summary>
    /// The world after many more entries, the same as folding them one by one, with the maps
    /// changed
    /// in place on the way.
    /// </summary>
    public World FoldAll(IEnumerable<Logged> entries)
    {
        var world = In(new Edit());
        foreach (var entry in entries)
        {
            world = world.Fold(entry);
        }

        return world.In(null);
    }

    private World In(Edit? edit) =>
        new(Size, Network.In(edit), Registry.In(edit), Lineage.In(edit));
}
