using System.Buffers.Text;
using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Stores;

namespace Concord.Authority.Identify;

/// <summary>
/// What a log says to the index of weights: its fingerprints, in their order, and which of them
/// stand. Files are not told of: which release has one is asked of the register, where amendments
/// change it.
/// </summary>
/// <param name="acts">The type of each entry.</param>
/// <param name="actOf">The act of an entry.</param>
public sealed class IndexFeed(ActIndex acts, Func<long, Logged> actOf)
{
    /// <summary>The entries of a stretch that are fingerprints.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The end, without it.</param>
    public IEnumerable<long> Entries(long from, long to)
    {
        for (var entry = from; entry < to; entry++)
        {
            if (IsPrint(entry))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The same, the newest first.</summary>
    public IEnumerable<long> Newest(long from, long to)
    {
        for (var entry = to - 1; entry >= from; entry--)
        {
            if (IsPrint(entry))
            {
                yield return entry;
            }
        }
    }

    /// <summary>
    /// The fingerprints of a stretch, each with whether it stands in a world. One that this build
    /// cannot read is not among them.
    /// </summary>
    public IEnumerable<IndexedEntry> Prints(World world, long from, long to)
    {
        ArgumentNullException.ThrowIfNull(world);
        var standing = world.Lineage.Weights.Fingerprints;
        foreach (var entry in Entries(from, to))
        {
            var kept = standing.Find(entry);
            if ((kept is null ? OutOfLog(entry) : Counting.Read(kept.Small.Span)) is { } form)
            {
                yield return new(entry, form, [], Stands: kept is not null);
            }
        }
    }

    /// <summary>
    /// The fingerprints that acts of a stretch withdraw or void, each with whether it stands in a
    /// world.
    /// </summary>
    public IEnumerable<(long Entry, bool Stands)> Changed(World world, long from, long to)
    {
        ArgumentNullException.ThrowIfNull(world);
        for (var entry = from; entry < to; entry++)
        {
            var type = acts.TypeOf(entry).Record;
            if (
                (type == typeof(Withdraw) || type == typeof(VoidAct))
                && Subjects.TargetOf(actOf(entry).Act) is { } target
                && target.Index < entry
                && IsPrint(target.Index)
            )
            {
                yield return (target.Index, world.Lineage.Weights.Fingerprints.Has(target.Index));
            }
        }
    }

    /// <summary>
    /// What in an index is not as the log says, byte for byte; null: nothing is. So files of
    /// another log, or of one that was set back, are told, and bytes that a disk has changed.
    /// </summary>
    /// <param name="file">The index.</param>
    /// <param name="world">The world of the log.</param>
    /// <param name="cancel">Ends it.</param>
    public string? FaultOf(WeightsIndexFile file, World world, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(world);
        if (file.Through > world.Size)
        {
            return $"it is of a log of {file.Through} entries, and this one has {world.Size}";
        }

        // What came behind the stretch that it knows may have withdrawn some since.
        var changed = Changed(world, file.Through, world.Size).Select(one => one.Entry).ToHashSet();
        long slot = 0;
        foreach (var print in Prints(world, 0, file.Through))
        {
            cancel.ThrowIfCancellationRequested();
            var before = print with { Stands = true };
            if (
                !file.Holds(slot, print)
                && !(changed.Contains(print.Entry) && file.Holds(slot, before))
            )
            {
                return $"entry {print.Entry} is not in it as it is in the log";
            }

            slot++;
        }

        return slot == file.Index.Count
            ? null
            : $"it has {file.Index.Count} fingerprints, and the log {slot} up to that place";
    }

    private bool IsPrint(long entry) => acts.TypeOf(entry).Record == typeof(FingerprintAct);

    private Fingerprint? OutOfLog(long entry) =>
        actOf(entry).Act is FingerprintAct { Small: var small } && Base64Url.IsValid(small)
            ? Counting.Read(Base64Url.DecodeFromChars(small))
            : null;
}
