using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Concord.Rooms;
using Concord.Rooms.Lineage;

namespace Concord.Authority.Identify;

/// <summary>
/// Searches the register for a fingerprint: all of a small one whole; of a large one what has the
/// same digest, what is near by its sketch and then, a piece for each answer, everything for what
/// was rotated. It keeps nothing of a question: who asks says where to go on. Any thread may ask.
/// </summary>
/// <param name="kept">The index.</param>
/// <param name="worldNow">The newest world.</param>
/// <param name="limits">What one answer may cost.</param>
public sealed class FingerprintSearch(KeptIndex kept, Func<World> worldNow, IdentifyLimits limits)
{
    /// <summary>Searches.</summary>
    /// <param name="asked">The fingerprint, in either form.</param>
    /// <param name="after">
    /// The entry of the log behind which it is swept; −1: from the first, and what is near is
    /// looked for too.
    /// </param>
    /// <param name="work">Told what it costs.</param>
    /// <param name="cancel">Ends it.</param>
    public IdentifyFound Find(
        Fingerprint asked,
        long after,
        IdentifyWork work,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(work);
        // The index first: the world then knows all that is in it.
        var index = kept.Open;
        var world = worldNow();
        var small = asked.Small();
        SearchPass Begun() => new SearchPass(world, small, work, cancel).From(after);

        if (world.Lineage.Weights.Fingerprints.Count <= limits.WholeMost)
        {
            var whole = Begun();
            Sweep(whole, whole.Standing.Keys.Where(entry => entry > after).Order());
            return whole.Compare(index?.Through);
        }

        if (index is not null)
        {
            try
            {
                return ByIndex(Begun(), index, isFirst: after < 0);
            }
#pragma warning disable CA1031 // Whatever is wrong with the index, the log has what it has.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                kept.Fail(index, e);
            }
        }

        return ByLog(Begun(), isFirst: after < 0);
    }

    private IdentifyFound ByIndex(SearchPass pass, IndexAt at, bool isFirst)
    {
        var index = at.File.Index;
        if (isFirst)
        {
            pass.Spend(index.Count / IdentifyWork.SketchesOfOne);
            pass.Add(index.Find(pass.Asked.Weights).Select(one => one.Entry));
            var near = index.Near(pass.Asked.Scan.Span, most: limits.NearMost);
            pass.Add(near.Nearest.Select(one => one.Entry));
            pass.Add(Newest(pass, at.Through));
        }

        if (Sweep(pass, index))
        {
            var from = Math.Max(pass.Through + 1, at.Through);
            Sweep(pass, kept.Feed.Entries(from, pass.World.Size).Where(pass.Standing.Has));
        }

        return pass.Compare(at.Through);
    }

    // Slower and as whole: each is compared, so many in an answer.
    private IdentifyFound ByLog(SearchPass pass, bool isFirst)
    {
        if (isFirst)
        {
            var same = pass.World.Lineage.Weights.PrintsOf(Recognition.DigestOf(pass.Asked));
            pass.Add(same.Select(print => print.Id.Index));
            pass.Add(Newest(pass, from: 0));
        }

        Sweep(pass, kept.Feed.Entries(pass.Through + 1, pass.World.Size).Where(pass.Standing.Has));
        return pass.Compare(indexed: null);
    }

    private IEnumerable<long> Newest(SearchPass pass, long from) =>
        kept.Feed.Newest(from, pass.World.Size).Where(pass.Standing.Has).Take(limits.NearMost);

    private void Sweep(SearchPass pass, IEnumerable<long> entries)
    {
        var left = entries.Take(limits.WholeMost + 1).ToList();
        var whole = left.Take(limits.WholeMost).ToList();
        pass.Add(whole);
        pass.Pass(left.Count > whole.Count ? whole[^1] : pass.World.Size - 1, whole.Count);
    }

    // Whether it came to the end of the index.
    private bool Sweep(SearchPass pass, WeightsIndex index)
    {
        var (first, count) = (index.SlotAfter(pass.Through), index.Count);
        if (count - first <= limits.WholeMost)
        {
            for (var slot = first; slot < count; slot++)
            {
                var entry = index.EntryAt(slot).Entry;
                pass.Add([entry]);
                pass.Pass(entry, swept: 1);
            }

            return true;
        }

        // A fingerprint that was made to pass everywhere has no more compared for it than others.
        var test = new ScreenTest(pass.Asked);
        long left = limits.SweptMost;
        do
        {
            var screened = index.Screen(test, pass.Through, Math.Min(left, limits.WholeMost));
            if (screened.Slots == 0)
            {
                return true;
            }

            pass.Spend(screened.Slots);
            pass.Add(screened.Passed);
            pass.Pass(screened.Through, screened.Slots);
            left -= screened.Slots;
        } while (left > 0 && pass.Waiting < limits.WholeMost && !pass.IsAtEnd);

        return index.SlotAfter(pass.Through) == index.Count;
    }
}
