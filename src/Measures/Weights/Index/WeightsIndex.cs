namespace Concord.Measures.Weights.Index;

/// <summary>
/// Finds a model among a million by its weights: by their digest, by a sketch of what was not
/// rotated, by units what was. Entries have slots, numbered in the order of the log; what is
/// withdrawn keeps its slot and is found no more. Any number of threads may look while one adds.
/// </summary>
/// <param name="entries">An <see cref="EntryRecord" /> a slot; what counts them counts all.</param>
/// <param name="digests">The digests, each with its slot.</param>
/// <param name="sketches">The sketch of each slot.</param>
/// <param name="screens">What is screened of each slot.</param>
/// <param name="table">Which of the digests is where.</param>
public sealed class WeightsIndex(
    IndexRecords entries,
    IndexRecords digests,
    IndexRecords sketches,
    IndexRecords screens,
    DigestTable table
)
{
    private const int BytesAtOnce = 64 * 1024;
    private const int ScreenedAtOnce = 4096;

    /// <summary>How many slots there are.</summary>
    public long Count => entries.Count;

    /// <summary>The entries with a digest, the oldest first.</summary>
    public IReadOnlyList<DigestMatch> Find(WeightsDigest digest)
    {
        var count = entries.Count;
        var found = new List<DigestMatch>();
        Span<byte> bytes = stackalloc byte[DigestRecord.Size];
        foreach (var at in table.Candidates(digest))
        {
            digests.Read(at, bytes);
            var record = DigestRecord.Read(bytes);
            if (record.Digest == digest && record.Slot < count)
            {
                var entry = EntryAt(record.Slot);
                if (entry.Stands)
                {
                    found.Add(new(entry.Entry, record.Kind));
                }
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>The entries whose sketches are near to one.</summary>
    /// <param name="sketch">The sketch: 16 words.</param>
    /// <param name="within">In so many signs of 1,024 they may differ.</param>
    /// <param name="most">So many are named.</param>
    public NearSketches Near(
        ReadOnlySpan<ulong> sketch,
        int within = SketchScan.DefaultDistance,
        int most = SketchScan.DefaultMost
    )
    {
        var scan = new SketchScan(sketch, within, most, slot => EntryAt(slot).Stands);
        var block = new byte[BytesAtOnce];
        var count = entries.Count;
        for (long slot = 0; slot < count; )
        {
            var records = (int)Math.Min(BytesAtOnce / SketchScan.Size, count - slot);
            var bytes = block.AsSpan(0, records * SketchScan.Size);
            sketches.Read(slot, bytes);
            scan.Take(bytes, slot);
            slot += records;
        }

        return new(
            [
                .. scan.Nearest()
                    .Select(near => new NearSketch(EntryAt(near.Slot).Entry, near.Distance)),
            ],
            scan.Within
        );
    }

    /// <summary>Compares a fingerprint with those of some entries by their units.</summary>
    /// <param name="query">The fingerprint.</param>
    /// <param name="candidates">The entries.</param>
    /// <param name="formOf">The fingerprint in an entry; null where it is not at hand.</param>
    public static RankedEntries Rank(
        Fingerprint query,
        IEnumerable<long> candidates,
        Func<long, Fingerprint?> formOf
    )
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(formOf);
        var (ranked, lacking) = (new List<RankedEntry>(), new List<long>());
        foreach (var entry in candidates)
        {
            if (formOf(entry) is { } form)
            {
                ranked.Add(new(entry, PairTest.Compare(query, form)));
            }
            else
            {
                lacking.Add(entry);
            }
        }

        return new(
            [
                .. ranked
                    .OrderByDescending(one => one.Evidence.SameWeights)
                    .ThenBy(one => one.Evidence.Log10P)
                    .ThenBy(one => one.Entry),
            ],
            lacking
        );
    }

    /// <summary>
    /// Goes on with a sweep: screens so many slots more and compares whole what is worth it. Ends
    /// early where all were screened.
    /// </summary>
    /// <param name="sweep">How far it came.</param>
    /// <param name="slots">How many slots more.</param>
    /// <param name="formOf">The fingerprint in an entry; null where it is not at hand.</param>
    /// <returns>How far it is now.</returns>
    public WeightsSweep GoOn(WeightsSweep sweep, long slots, Func<long, Fingerprint?> formOf)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentNullException.ThrowIfNull(formOf);
        var test = new ScreenTest(sweep.Query);
        while (slots > 0 && Screen(test, sweep.Through, slots) is { Slots: > 0 } screened)
        {
            slots -= screened.Slots;
            sweep = sweep.With(screened, Rank(sweep.Query, screened.Passed, formOf), Count);
        }

        return sweep;
    }

    /// <summary>Screens the next slots, at most so many and at most 4,096.</summary>
    /// <param name="test">What is looked for.</param>
    /// <param name="after">The entry of the log behind which it begins; −1: with the first.</param>
    /// <param name="slots">How many.</param>
    public ScreenedEntries Screen(ScreenTest test, long after, long slots)
    {
        ArgumentNullException.ThrowIfNull(test);
        var (passed, first) = (new List<long>(), SlotAfter(after));
        var end = Math.Min(entries.Count, first + Math.Min(slots, ScreenedAtOnce));
        var block = new byte[BytesAtOnce];
        for (var slot = first; slot < end; )
        {
            var records = (int)Math.Min(BytesAtOnce / ScreenTest.Size, end - slot);
            var bytes = block.AsSpan(0, records * ScreenTest.Size);
            screens.Read(slot, bytes);
            AddPassed(test, bytes, slot, passed);
            slot += records;
        }

        return end > first
            ? new(passed, (int)(end - first), EntryAt(end - 1).Entry)
            : new([], 0, after);
    }

    /// <summary>The first slot whose entry is behind one of the log.</summary>
    public long SlotAfter(long entry) => entry < 0 ? 0 : From(entry + 1);

    /// <summary>The slot of an entry of the log; −1 where it has none.</summary>
    public long SlotOf(long entry)
    {
        var slot = From(entry);
        return slot < entries.Count && EntryAt(slot).Entry == entry ? slot : -1;
    }

    /// <summary>The entry at a slot.</summary>
    public EntryRecord EntryAt(long slot)
    {
        Span<byte> bytes = stackalloc byte[EntryRecord.Size];
        entries.Read(slot, bytes);
        return EntryRecord.Read(bytes);
    }

    private void AddPassed(
        ScreenTest test,
        ReadOnlySpan<byte> records,
        long first,
        List<long> passed
    )
    {
        for (var slot = first; records.Length > 0; slot++)
        {
            if (test.Log10P(records[..ScreenTest.Size]) <= ScreenTest.PassLevel)
            {
                var entry = EntryAt(slot);
                if (entry.Stands)
                {
                    passed.Add(entry.Entry);
                }
            }

            records = records[ScreenTest.Size..];
        }
    }

    /// <summary>The first slot whose entry is this one or a later one.</summary>
    private long From(long entry)
    {
        var (from, to) = (0L, entries.Count);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            if (EntryAt(middle).Entry < entry)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }
}
