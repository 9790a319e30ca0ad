using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms.Registry;

namespace Concord.Rooms.Lineage;

/// <summary>
/// Walks of the graph, without recursion, each subject once: a model stands for its releases, and a
/// release for what sources say of its model.
/// </summary>
public static class Descent
{
    /// <summary>Every relation, for a closure over all of them.</summary>
    public static IReadOnlySet<Relation> AllRelations { get; } =
        Enum.GetValues<Relation>().ToHashSet();

    /// <summary>
    /// The closure of a subject under chosen relations: itself, its releases, and all that was made
    /// from them, sorted. Edges whose relation no source states are always followed.
    /// </summary>
    public static IReadOnlyList<SubjectId> Closure(
        World world,
        SubjectId subject,
        IReadOnlySet<Relation> relations
    ) =>
        [
            .. Walk([subject], one => Down(world, one, relations))
                .Order(Comparer<SubjectId>.Create(Compare)),
        ];

    /// <summary>
    /// The closure with evidence: the same, and what a counted figure below a bar shows to be made
    /// from something in it, where each side's fingerprint is its own developer's.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="subject">The model or release.</param>
    /// <param name="relations">The relations that are followed.</param>
    /// <param name="log10P">Figures up to this whole exponent are followed.</param>
    public static IReadOnlyList<SubjectId> Closure(
        World world,
        SubjectId subject,
        IReadOnlySet<Relation> relations,
        int log10P
    ) =>
        [
            .. Walk(
                    [subject],
                    one =>
                        Down(world, one, relations)
                            .Concat(DownByEvidence(world, one, relations, log10P))
                )
                .Order(Comparer<SubjectId>.Create(Compare)),
        ];

    /// <summary>
    /// The files that were found to be copies of what is in a closure or made from it, sorted.
    /// </summary>
    public static IReadOnlyList<Digest> FilesOf(
        World world,
        IEnumerable<SubjectId> closure,
        IReadOnlySet<Relation> relations,
        int log10P
    )
    {
        ArgumentNullException.ThrowIfNull(world);
        return
        [
            .. closure
                .Select(one => one.Release)
                .OfType<ReleaseId>()
                .SelectMany(one =>
                    Recognition
                        .MatchesOf(world, one)
                        .Where(match => Recognition.ReleaseOf(world, match.Parent) == one)
                )
                .Where(match => IsFollowed(world, match, relations, log10P))
                .SelectMany(match => match.Act is FoundCopy found ? found.Files : [])
                .Distinct()
                .OrderBy(one => one.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Some subjects, their releases, and all that was made from any of them, in no order.
    /// </summary>
    public static IEnumerable<SubjectId> AllFrom(World world, IEnumerable<SubjectId> subjects) =>
        Walk(subjects, one => Down(world, one, AllRelations));

    /// <summary>All that a subject was made from, itself not included, nearest first.</summary>
    public static IEnumerable<SubjectId> Ancestors(World world, SubjectId subject) =>
        Walk([subject], one => Up(world, one)).Skip(1);

    /// <summary>
    /// The standing of a subject and the suspended or withdrawn ancestors that mark it.
    /// </summary>
    public static EffectiveStanding? StandingOf(World world, SubjectId subject)
    {
        if (world.Registry.StandingOf(subject) is not { } own)
        {
            return null;
        }

        var model = world.Registry.ModelOf(subject)!;
        var now = own.AsOf(world.At);
        var whole = model.Standing.AsOf(world.At);
        if (
            subject.Release is not null
            && whole.State is StandingState.Suspended or StandingState.Withdrawn
            && now.State is not (StandingState.Suspended or StandingState.Withdrawn)
        )
        {
            now = whole;
        }

        var marks = Ancestors(world, subject)
            .Where(one => one != SubjectId.Of(model.Id) && IsBarred(world, one, model.Id))
            .Take(100);
        return new(subject, now, [.. marks]);
    }

    /// <summary>
    /// Whether a subject is suspended or withdrawn, by itself or, for a release, by its model: what
    /// was made from a release of a suspended model is marked. Its own model marks nothing; that is
    /// its own standing.
    /// </summary>
    private static bool IsBarred(World world, SubjectId subject, ModelId own) =>
        IsBarred(world, world.Registry.StandingOf(subject))
        || (
            subject.Release is not null
            && world.Registry.ModelOf(subject) is { } whole
            && whole.Id != own
            && IsBarred(world, whole.Standing)
        );

    private static bool IsBarred(World world, Standing? standing) =>
        standing?.AsOf(world.At).State is StandingState.Suspended or StandingState.Withdrawn;

    private static IEnumerable<SubjectId> Down(
        World world,
        SubjectId subject,
        IReadOnlySet<Relation> relations
    )
    {
        var made = world
            .Lineage.ChildrenOf(subject)
            .Where(edge => edge.Relation is not { } relation || relations.Contains(relation))
            .Select(edge => edge.Child);
        return subject.Model is { } model ? made.Concat(ReleasesOf(world, model)) : made;
    }

    private static IEnumerable<SubjectId> DownByEvidence(
        World world,
        SubjectId subject,
        IReadOnlySet<Relation> relations,
        int log10P
    ) =>
        subject.Release is not { } release
            ? []
            : Recognition
                .MatchesOf(world, release)
                .Where(match =>
                    IsFollowed(world, match, relations, log10P) && Recognition.IsOwned(world, match)
                )
                .Select(match => Recognition.EdgeOf(world, match))
                .OfType<Edge>()
                .Where(edge => edge.Parent == subject)
                .Select(edge => edge.Child);

    private static bool IsFollowed(
        World world,
        Match match,
        IReadOnlySet<Relation> relations,
        int log10P
    ) =>
        Recognition.Bears(world, match)
        && (
            match.IsExact
            || Recognition.FigureOf(world, match) is { } figure
                && (figure.SameWeights || figure.Log10P <= log10P)
        )
        && (match.Relation is not { } relation || relations.Contains(relation));

    private static IEnumerable<SubjectId> Up(World world, SubjectId subject)
    {
        var from = world.Lineage.ParentsOf(subject).Select(edge => edge.Parent);
        if (subject.Release is { } release)
        {
            var model = world.Registry.Releases[release].Act.Model;
            return from.Concat(
                world.Lineage.ParentsOf(SubjectId.Of(model)).Select(edge => edge.Parent)
            );
        }

        return from.Concat(
            ReleasesOf(world, subject.Model!.Value)
                .SelectMany(one => world.Lineage.ParentsOf(one).Select(edge => edge.Parent))
        );
    }

    private static IEnumerable<SubjectId> ReleasesOf(World world, ModelId model) =>
        (world.Registry.Models.Find(model)?.Releases ?? Enumerable.Empty<ReleaseId>()).Select(
            SubjectId.Of
        );

    private static IEnumerable<SubjectId> Walk(
        IEnumerable<SubjectId> from,
        Func<SubjectId, IEnumerable<SubjectId>> next
    )
    {
        var seen = new HashSet<SubjectId>(from);
        var pending = new Queue<SubjectId>(seen);
        while (pending.TryDequeue(out var one))
        {
            yield return one;
            foreach (var other in next(one))
            {
                if (seen.Add(other))
                {
                    pending.Enqueue(other);
                }
            }
        }
    }

    private static int Compare(SubjectId left, SubjectId right) =>
        left.Letter != right.Letter
            ? left.Letter.CompareTo(right.Letter)
            : left.Index.CompareTo(right.Index);
}
