using System.Collections.Concurrent;
using Concord.Acts;
using Concord.Measures.Weights;
using Concord.Rooms;
using Concord.Rooms.Lineage;

namespace Concord.Authority.Identify;

/// <summary>A release that was not trained independently of what was asked for.</summary>
/// <param name="Print">The fingerprint in the log.</param>
/// <param name="Evidence">What the pair says.</param>
public sealed record IdentifyCandidate(FingerprintRecord Print, PairEvidence Evidence);

/// <summary>What a search by fingerprint has found.</summary>
/// <param name="Candidates">The candidates, the strongest evidence first.</param>
/// <param name="Compared">With how many fingerprints it was compared.</param>
/// <param name="Entries">How many there are.</param>
public sealed record IdentifyFound(
    IReadOnlyList<IdentifyCandidate> Candidates,
    int Compared,
    long Entries
);

/// <summary>
/// Compares a fingerprint with those of the register, the newest first, each pair in full. What was
/// read of the log is kept; any thread may ask.
/// </summary>
public sealed class FingerprintScan
{
    /// <summary>With how many fingerprints one question is compared at most.</summary>
    public const int ComparedMost = 4_096;

    private const int CandidatesMost = 64;
    private const int KeptMost = 8_192;

    private readonly ConcurrentDictionary<ActId, Fingerprint> _read = new();

    /// <summary>Searches a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="asked">The fingerprint, in either form.</param>
    /// <param name="cancel">Ends it.</param>
    public IdentifyFound Find(World world, Fingerprint asked, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(asked);
        var prints = world.Lineage.Weights.Fingerprints;
        var entries = Math.Max(Counting.EntriesLeast, prints.Count);
        var small = asked.Small();
        var found = new List<IdentifyCandidate>();
        var compared = 0;
        foreach (
            var print in prints.Values.OrderByDescending(one => one.Id.Index).Take(ComparedMost)
        )
        {
            cancel.ThrowIfCancellationRequested();
            if (Read(print) is not { } known)
            {
                continue;
            }

            compared++;
            var evidence = PairTest.Compare(small, known);
            if (evidence.Decides(entries))
            {
                found.Add(new(print, evidence));
            }
        }

        var best = found
            .OrderByDescending(one => one.Evidence.SameWeights)
            .ThenBy(one => one.Evidence.Log10P)
            .DistinctBy(one => one.Print.Release)
            .Take(CandidatesMost);
        return new([.. best], compared, prints.Count);
    }

    private Fingerprint? Read(FingerprintRecord print)
    {
        if (_read.TryGetValue(print.Id, out var known))
        {
            return known;
        }

        var read = Counting.Read(print.Small.Span);
        if (read is not null && _read.Count < KeptMost)
        {
            _read.TryAdd(print.Id, read);
        }

        return read;
    }
}
