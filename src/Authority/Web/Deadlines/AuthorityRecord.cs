using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Deadlines;

/// <summary>
/// How an authority does its own duties: what it decided and how long that took, what waits and
/// since when, what it refused. All of it a fold of the log, but for the rules of refusals.
/// </summary>
/// <param name="world">The world.</param>
public sealed class AuthorityRecord(World world)
{
    /// <summary>Something that waits for the authority.</summary>
    /// <param name="Id">Its act.</param>
    /// <param name="Kind">The type of the act.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="Due">Until when it is to be decided; null: no law says.</param>
    /// <param name="Signed">How many have signed, of how many; null: nobody has to yet.</param>
    public sealed record Waiting(
        ActId Id,
        string Kind,
        Instant Since,
        Instant? Due,
        (int Have, int Need)? Signed
    );

    /// <summary>The decisions, by their kind: from proposal or appeal to effect.</summary>
    public IReadOnlyList<DecisionTimes> Decided =>
        [
            .. Joint
                .Where(one => one.InForceSince is not null)
                .GroupBy(one => one.Type)
                .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
                .Select(group =>
                    DecisionTimes.Of(group.Key.Name, Say(group.Key.Says), group.Select(Took))
                )
                .Append(Appealed)
                .OfType<DecisionTimes>(),
        ];

    /// <summary>What waits, the longest first.</summary>
    public IReadOnlyList<Waiting> Waits =>
        [
            .. world
                .Network.Proposals.Where(one => one.Terms.Kind is not JointKind.Parties)
                .Select(one => new Waiting(
                    new(one.Proposal),
                    one.Type.Name,
                    one.Signatures[0].At,
                    null,
                    (world.Network.Counted(one).Count, one.Terms.K)
                ))
                .Concat(
                    world
                        .Network.Appeals.Open.Select(open => world.Network.Appeals.All[open.Appeal])
                        .Select(appeal => new Waiting(
                            appeal.Id,
                            "network/appeal/1",
                            appeal.At,
                            appeal.Due,
                            null
                        ))
                )
                .OrderBy(one => one.Since)
                .ThenBy(one => one.Id.Index),
        ];

    /// <summary>How appeals ended, and how many are open.</summary>
    public (int Upheld, int SetAside, int Open, int Late) Appeals
    {
        get
        {
            var all = world.Network.Appeals.All.Values.ToList();
            return (
                all.Count(one => one.Outcome is AppealOutcome.Upheld),
                all.Count(one => one.Outcome is AppealOutcome.SetAside),
                all.Count(one => one.DecidedBy is null),
                all.Count(one => one.IsLate(world.At))
            );
        }
    }

    /// <summary>The days whose refusals are sealed in the log, newest first.</summary>
    public IReadOnlyList<RootedDay> RefusedOn(int days) =>
        [
            .. world
                .Network.RefusalRoots.Days.Select(pair => pair.Value)
                .OrderByDescending(one => one.Day)
                .Take(days),
        ];

    // What parties sign together is theirs to decide, and the founding waited for nobody.
    private IEnumerable<JointState> Joint =>
        world.Network.Joints.Values.Where(one =>
            one.Terms.Kind is not JointKind.Parties && one.Type.Record != typeof(Genesis)
        );

    private DecisionTimes? Appealed
    {
        get
        {
            var decided = world
                .Network.Appeals.All.Values.Where(one => one.DecidedAt is not null)
                .ToList();
            return DecisionTimes.Of(
                "network/appeal/1",
                Say("decide an appeal"),
                decided.Select(one =>
                    TimeSpan.FromMilliseconds(
                        one.DecidedAt!.Value.UnixMilliseconds - one.At.UnixMilliseconds
                    )
                ),
                decided.Count(one => one.IsLate(world.At))
            );
        }
    }

    private static TimeSpan Took(JointState joint) =>
        TimeSpan.FromMilliseconds(
            joint.Signatures.First(one => one.Index == joint.InForceSince).At.UnixMilliseconds
                - joint.Signatures[0].At.UnixMilliseconds
        );
}
