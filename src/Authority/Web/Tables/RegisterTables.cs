using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;

namespace Concord.Authority.Web.Tables;

/// <summary>
/// Keeps the last table and makes the next one out of what was filed in between, so that a page
/// costs what changed and not what there is.
/// </summary>
/// <param name="index">The index of the log.</param>
/// <param name="read">Reads an act of the log.</param>
public sealed class RegisterTables(ActIndex index, Func<long, Logged> read)
{
    // Up to here a table is made anew while its reader waits: a fraction of a second.
    private const int MadeWhileWaiting = 10_000;
    private const int FollowedMax = 20_000;

    private readonly Lock _gate = new();
    private RegisterTable? _last;
    private Task? _making;

    /// <summary>
    /// The table of a world. On a new day of a large register the answers of the day before stand
    /// until the new ones are made. Many readers at once wait for one table, each makes none.
    /// </summary>
    public RegisterTable Of(World world)
    {
        lock (_gate)
        {
            if (_last is not { } last)
            {
                return _last = RegisterTable.Of(world, index.Models);
            }

            if (ReferenceEquals(last.World, world))
            {
                return last;
            }

            // A reader that began before the table went on: what was filed since is taken back.
            if (last.World.Size > world.Size)
            {
                return last.Next(world, Changed(world, last.World));
            }

            var isSameDay = last.IsSameDay(world);
            if (
                last.Count <= MadeWhileWaiting
                && (!isSameDay || world.Size - last.World.Size > FollowedMax)
            )
            {
                return _last = RegisterTable.Of(world, index.Models);
            }

            if (!isSameDay)
            {
                MakeBeside(world);
            }

            return _last = last.Next(world, Changed(last.World, world));
        }
    }

    /// <summary>
    /// The models that an act makes or changes, themselves and not what rests on them.
    /// </summary>
    public IEnumerable<ModelId> ModelsOf(World world, long act)
    {
        ArgumentNullException.ThrowIfNull(world);
        return SubjectsOf(world, act)
            .Select(world.Registry.ModelOf)
            .OfType<Model>()
            .Select(model => world.Registry.Canonical(model.Id))
            .Distinct();
    }

    private void MakeBeside(World world)
    {
        if (_making is { IsCompleted: false })
        {
            return;
        }

        _making = Task.Run(() =>
        {
            var made = RegisterTable.Of(world, index.Models);
            lock (_gate)
            {
                _last =
                    _last is { } last && last.World.Size > world.Size
                        ? made.Next(last.World, Changed(world, last.World))
                        : made;
            }
        });
    }

    private HashSet<ModelId> Changed(World before, World now)
    {
        var changed = new HashSet<ModelId>();
        var filed = new HashSet<SubjectId>();
        for (var i = before.Size; i < now.Size; i++)
        {
            filed.UnionWith(SubjectsOf(now, i));
        }

        foreach (var one in Descent.AllFrom(now, filed))
        {
            if (now.Registry.ModelOf(one) is { } model)
            {
                changed.Add(model.Id);
            }
        }

        return changed;
    }

    private IEnumerable<SubjectId> SubjectsOf(World world, long i)
    {
        var type = index.TypeOf(i).Record;
        if (
            !type.IsSubclassOf(typeof(StandingAct))
            && type != typeof(RegisterModel)
            && type != typeof(ReportModel)
            && type != typeof(Release)
            && type != typeof(Derive)
            && type != typeof(FingerprintAct)
            && type != typeof(EvidenceAct)
            && type != typeof(FoundCopy)
            && type != typeof(Amend)
            && type != typeof(Correct)
            && type != typeof(Withdraw)
            && type != typeof(VoidAct)
            && type != typeof(DecideAppeal)
            && type != typeof(Reveal)
        )
        {
            return [];
        }

        return read(i).Act switch
        {
            RegisterModel act => act
                .Answers.Select(SubjectId.Of)
                .Append(SubjectId.Of(new ModelId(i))),
            ReportModel => [SubjectId.Of(new ModelId(i))],
            Release act => [SubjectId.Of(act.Model)],
            Derive act => Whole(world, act.Child),
            FingerprintAct act => Whole(world, act.Release),
            FoundCopy act => Whole(world, act.Release),
            EvidenceAct act => new[] { act.Child, act.Parent }
                .Select(side => Recognition.ReleaseOf(world, side))
                .OfType<ReleaseId>()
                .SelectMany(release => Whole(world, release)),
            Amend act => Changed(world, act.Target),
            Correct act => Changed(world, act.Target),
            Withdraw act => Changed(world, act.Target),
            VoidAct act => Changed(world, act.Target),
            Reveal act => Changed(world, act.Target),
            DecideAppeal act => Appealed(world, act),
            StandingAct act => world.Registry.ModelOf(act.Target) is { } model
                ? [SubjectId.Of(model.Id)]
                : [],
            _ => [],
        };
    }

    private static IEnumerable<SubjectId> Appealed(World world, DecideAppeal act) =>
        world.Network.Appeals.All.Find(act.Appeal.Index)?.Act.Against is { } against
        && world.Registry.Decisions.Find(against.Index) is { } decision
        && world.Registry.ModelOf(decision.Act.Target) is { } model
            ? [SubjectId.Of(model.Id)]
            : [];

    private static IEnumerable<SubjectId> Changed(World world, ActId target)
    {
        var registry = world.Registry;
        return registry.Models.Find(new(target.Index)) is { } model
                ? [SubjectId.Of(registry.Canonical(model.Id))]
            : registry.Releases.Has(new(target.Index)) ? Whole(world, new(target.Index))
            : registry.Derivations.TryGet(target.Index, out var child) ? Whole(world, child)
            : [];
    }

    private static IEnumerable<SubjectId> Whole(World world, ReleaseId release) =>
        world.Registry.Releases.Find(release) is { } record ? [SubjectId.Of(record.Act.Model)] : [];
}
