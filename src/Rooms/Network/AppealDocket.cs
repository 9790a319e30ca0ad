using System.Collections.Immutable;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>All appeals, by what they are against, and which of them wait for a decision.</summary>
/// <param name="All">By the index of their acts.</param>
/// <param name="ByAct">The appeal against an act, by the index of its first signature.</param>
/// <param name="ByRefusal">The appeal against a refusal, by its digest.</param>
/// <param name="Open">Those that are not decided, by the end of their time.</param>
public sealed record AppealDocket(
    Map<long, AppealRecord> All,
    Map<long, long> ByAct,
    Map<Digest, long> ByRefusal,
    ImmutableSortedSet<(Instant Due, long Appeal)> Open
)
{
    /// <summary>Before the first appeal.</summary>
    public static readonly AppealDocket None = new(
        Map<long, AppealRecord>.Empty,
        Map<long, long>.Empty,
        Map<Digest, long>.Empty,
        []
    );

    /// <summary>The appeal against an act; null: nobody has appealed.</summary>
    public AppealRecord? Against(long act) =>
        ByAct.TryGet(act, out var appeal) ? All[appeal] : null;

    /// <summary>When the next decision falls due; null: none does.</summary>
    internal Instant? NextDue(Instant at)
    {
        foreach (var (due, _) in Open)
        {
            if (due > at)
            {
                return due;
            }
        }

        return null;
    }

    internal AppealDocket In(Edit? edit) =>
        new(All.In(edit), ByAct.In(edit), ByRefusal.In(edit), Open);

    internal AppealDocket File(Appeal act, long index, Instant at, TimeSpan time)
    {
        var record = new AppealRecord(new(index), act, at, at + time);
        return new(
            All.Set(index, record),
            act.Against is { } against ? ByAct.Set(against.Index, index) : ByAct,
            act.Refusal is { } refusal ? ByRefusal.Set(refusal, index) : ByRefusal,
            Open.Add((record.Due, index))
        );
    }

    internal AppealDocket Decide(DecideAppeal act, Effect effect)
    {
        var record = All[act.Appeal.Index];
        return act.Outcome == AppealOutcome.Stayed
            ? this with
            {
                All = All.Set(record.Id.Index, record with { StayedBy = new(effect.Act) }),
            }
            : this with
            {
                All = All.Set(
                    record.Id.Index,
                    record with
                    {
                        DecidedBy = new(effect.Act),
                        DecidedAt = effect.At,
                        Outcome = act.Outcome,
                    }
                ),
                Open = Open.Remove((record.Due, record.Id.Index)),
            };
    }

    // The time runs for those who decide, who could not be reached either.
    internal AppealDocket Toll(OutageRecord outage)
    {
        var all = All;
        foreach (var (_, index) in Open)
        {
            var record = all[index];
            all = all.Set(index, record with { Due = outage.Toll(record.At, record.Due) });
        }

        return this with
        {
            All = all,
            Open = [.. Open.Select(one => (all[one.Appeal].Due, one.Appeal))],
        };
    }
}
