using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Concord.Rooms;
using Concord.Rooms.Lineage;

namespace Concord.Authority.Identify;

/// <summary>One answer's search: how far it came, and what is to be compared whole.</summary>
internal sealed class SearchPass(
    World world,
    Fingerprint asked,
    IdentifyWork work,
    CancellationToken cancel
)
{
    private const int CandidatesMost = 64;

    private readonly HashSet<long> _entries = [];

    public World World { get; } = world;

    /// <summary>What is looked for, in the small form.</summary>
    public Fingerprint Asked { get; } = asked;

    public Map<long, FingerprintRecord> Standing => World.Lineage.Weights.Fingerprints;

    /// <summary>The entry of the log up to which all were swept.</summary>
    public long Through { get; private set; }

    public long Swept { get; private set; }

    /// <summary>Whether nothing of its world is left; the index may know more.</summary>
    public bool IsAtEnd => Through >= World.Size - 1;

    /// <summary>How many wait to be compared whole.</summary>
    public int Waiting => _entries.Count;

    /// <summary>Begins behind an entry; −1: with the first.</summary>
    public SearchPass From(long after)
    {
        Through = Math.Min(after, World.Size - 1);
        return this;
    }

    /// <summary>Has entries compared whole.</summary>
    public void Add(IEnumerable<long> entries) => _entries.UnionWith(entries);

    /// <summary>Costs something more; ends where nobody waits.</summary>
    public void Spend(long units)
    {
        cancel.ThrowIfCancellationRequested();
        work.Add(units);
    }

    /// <summary>Is further by so many entries.</summary>
    public void Pass(long through, long swept)
    {
        Through = Math.Min(Math.Max(Through, through), World.Size - 1);
        Swept += swept;
    }

    /// <summary>Compares what is to be compared.</summary>
    /// <param name="indexed">Up to which size of the log the index was at hand.</param>
    public IdentifyFound Compare(long? indexed)
    {
        var ranked = WeightsIndex.Rank(Asked, _entries.Order(), FormOf).Entries;
        var bar = Math.Max(Counting.EntriesLeast, Standing.Count);
        var best = ranked
            .Where(one => one.Evidence.Decides(bar))
            .Select(one => (Print: Standing[one.Entry], one.Evidence))
            .DistinctBy(one => one.Print.Release)
            .Take(CandidatesMost)
            .Select(one => new IdentifyCandidate(
                one.Print,
                Counting.Read(one.Print.Small.Span)!,
                one.Evidence
            ));
        return new(World, [.. best])
        {
            Compared = ranked.Count,
            Swept = Swept,
            Through = Through,
            Indexed = indexed,
        };
    }

    // What stands no more is compared with nothing.
    private Fingerprint? FormOf(long entry)
    {
        if (Standing.Find(entry) is not { } print)
        {
            return null;
        }

        Spend(IdentifyWork.OfComparison);
        return Counting.Read(print.Small.Span);
    }
}
