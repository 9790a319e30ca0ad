using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Authority.Web.Languages;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Deadlines;

/// <summary>
/// What is due by a time that is public: overdue first, then the soonest. Questions to parties and
/// their times are between them and the authority, and are no part of it. Made once for a world.
/// </summary>
public sealed class DueList
{
    private readonly MadeOnce<World, IReadOnlyList<DueLine>> _made = new(
        ReferenceEqualityComparer.Instance
    );

    /// <summary>The list of a world.</summary>
    public IReadOnlyList<DueLine> Of(World world) => _made.Of(world, () => Make(world));

    private static IReadOnlyList<DueLine> Make(World world)
    {
        var names = new Names(world);
        return
        [
            .. LawDays
                .Of(world)
                .Concat(Standings(world, names))
                .Concat(Appeals(world, names))
                .Concat(Objections(world, names))
                .Concat(Keys(world, names))
                .Concat(Roots(world))
                .OrderBy(line => line.IsOverdue(world.At) ? 0 : 1)
                .ThenBy(line => line.At)
                .ThenBy(line => line.Href, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<DueLine> Standings(World world, Names names)
    {
        var models = world
            .Registry.Models.Values.Where(one => one.Decided is not null)
            .Select(one => (Id: SubjectId.Of(one.Id), one.Standing));
        var releases = world
            .Registry.Releases.Values.Where(one => one.Decided is not null)
            .Select(one => (Id: SubjectId.Of(one.Id), one.Standing));
        foreach (var (id, standing) in models.Concat(releases))
        {
            var now = standing.AsOf(world.At);
            if (now.Until is { } until)
            {
                var (kind, what) =
                    now.State is StandingState.Suspended
                        ? (DueSort.Suspension, Say($"The suspension of {names.Subject(id)} ends"))
                        : (
                            DueSort.Certificate,
                            Say($"The certificate of {names.Subject(id)} ends")
                        );
                yield return new(
                    until,
                    null,
                    kind,
                    what,
                    $"/standing/{id}",
                    world.Registry.ModelOf(id)?.Developer
                );
            }
        }
    }

    private static IEnumerable<DueLine> Appeals(World world, Names names) =>
        world
            .Network.Appeals.Open.Select(open => world.Network.Appeals.All[open.Appeal])
            .Select(appeal => new DueLine(
                appeal.Due,
                null,
                DueSort.Appeal,
                Say(
                    $"The appeal {names.Act(appeal.Id)} of {names.Party(appeal.Act.By)} is to be "
                        + $"decided"
                ),
                $"/acts/{appeal.Id}",
                appeal.Act.By
            ));

    private static IEnumerable<DueLine> Objections(World world, Names names) =>
        world
            .Registry.Decisions.Select(pair =>
                (
                    Id: new ActId(pair.Key),
                    Decision: pair.Value,
                    Until: world.Network.AppealableUntil(pair.Value.At, pair.Value.Period)
                )
            )
            .Where(one =>
                one.Until > world.At && world.Network.Appeals.Against(one.Id.Index) is null
            )
            .Select(one => new DueLine(
                one.Until,
                null,
                DueSort.Objection,
                Say(
                    $"Until then {names.Act(one.Id)}, about "
                        + $"{names.Subject(one.Decision.Act.Target)}, can be appealed"
                ),
                $"/acts/{one.Id}",
                world.Registry.ModelOf(one.Decision.Act.Target)?.Developer
            ));

    private static IEnumerable<DueLine> Keys(World world, Names names)
    {
        foreach (var (id, key) in world.Network.Keys)
        {
            if (key.RevokedAt is not null)
            {
                continue;
            }

            if (key.SpeaksFrom is { } from && from > world.At)
            {
                yield return Key(
                    id,
                    key,
                    from,
                    Say(
                        $"{Named(id)} of {Holder(key)} begins to sign, unless the party ends it "
                            + $"before"
                    )
                );
            }

            if (key.Expires is { } end && end > world.At)
            {
                yield return Key(id, key, end, Say($"{Named(id)} of {Holder(key)} ends"));
            }
        }

        Markup Named(KeyId id) => names.Link(Say("A key"), $"/keys/{id}");
        Markup Holder(KeyRecord key) => names.Speaker($"#{key.Speaker}");
        DueLine Key(KeyId id, KeyRecord key, Instant at, Markup what) =>
            new(
                at,
                null,
                DueSort.Key,
                what,
                $"/keys/{id}",
                key.Speaker is Speaker.Party party ? party.Id : null
            );
    }

    private static IEnumerable<DueLine> Roots(World world)
    {
        if (DailyRoots.DueIn(world) is { } day)
        {
            yield return new(
                Instant.StartOf(day.AddDays(1)),
                null,
                DueSort.Root,
                Markup.Of(
                    $"The readings and refusals of {Times.Long(day)} are to be sealed in the log"
                ),
                "/authority/performance"
            );
        }
    }
}
