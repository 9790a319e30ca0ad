using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;
using Concord.Measures.Weights;
using Concord.Rooms.Registry;

namespace Concord.Rooms.Lineage;

/// <summary>
/// What the fingerprints and matches of the log are worth: which release a digest belongs to, which
/// matches bear weight, what standing follows. Evidence can mark what nobody has registered; it
/// never clears anything, and it never changes the standing of what is registered
/// (<c>decisions/0034</c>).
/// </summary>
public static class Recognition
{
    /// <summary>The weights digest of a fingerprint as the log writes it.</summary>
    public static Digest DigestOf(Fingerprint fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        return new(fingerprint.Weights.ToArray());
    }

    /// <summary>The release that a side is; null: a digest that no release is known by.</summary>
    public static ReleaseId? ReleaseOf(World world, EvidenceSide side)
    {
        ArgumentNullException.ThrowIfNull(side);
        return side.Release
            ?? ((side.File ?? side.Weights) is { } digest ? ReleaseOf(world, digest) : null);
    }

    /// <summary>
    /// The release that a digest is known by: of a file that it names, or of weights whose
    /// fingerprint its own developer has stated, the first of several.
    /// </summary>
    public static ReleaseId? ReleaseOf(World world, Digest digest)
    {
        ArgumentNullException.ThrowIfNull(world);
        return world.Registry.Weights.TryGet(digest, out var release)
            ? release
            : OwnersOf(world, digest).Cast<ReleaseId?>().LastOrDefault();
    }

    /// <summary>The release that was made, where it is one.</summary>
    public static ReleaseId? ChildOf(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return match.Child
            ?? match
                .ChildDigests.Select(one => ReleaseOf(world, one))
                .FirstOrDefault(one => one is not null);
    }

    /// <summary>
    /// The matches that stand and name a release by its id, one of its files or its weights, newest
    /// first.
    /// </summary>
    public static IEnumerable<Match> MatchesOf(World world, ReleaseId release)
    {
        ArgumentNullException.ThrowIfNull(world);
        var book = world.Lineage.Weights;
        var record = world.Registry.Releases[release];
        return book.MatchesOf(release)
            .Concat(record.Act.Weights.SelectMany(file => book.MatchesOf(file.Digest)))
            .Concat(
                book.PrintsOf(release)
                    .Where(one => one.IsOwn)
                    .SelectMany(one => book.MatchesOf(one.Weights))
            )
            .DistinctBy(match => match.Id)
            .OrderByDescending(match => match.Id.Index);
    }

    /// <summary>
    /// The figure that counts of a match: the register's own while both fingerprints stand.
    /// </summary>
    public static CountedFigure? FigureOf(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return
            match.Counted is { } figure
            && Stands(world, match, figure.Child)
            && Stands(world, match, figure.Parent)
            ? figure
            : null;
    }

    /// <summary>
    /// Whether a match bears weight: an equal digest, or a figure that the register has counted and
    /// that is below its bar. What somebody says without showing it bears none.
    /// </summary>
    public static bool Bears(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(match);
        return match.EndedBy is null
            && match.Act switch
            {
                FoundCopy { Evidence: CopyEvidence.File } => true,
                FoundCopy { Evidence: CopyEvidence.Weights } found => world
                    .Lineage.Weights.PrintsOf(found.Release)
                    .Any(one => one.Weights == found.Weights),
                _ => FigureOf(world, match) is { Decides: true },
            };
    }

    /// <summary>
    /// Whether each side's fingerprint was stated by who answers for it, so that nobody is drawn
    /// into a closure by what others say of them.
    /// </summary>
    public static bool IsOwned(World world, Match match)
    {
        var prints = world.Lineage.Weights.Fingerprints;
        return FigureOf(world, match) is { } figure
            && prints.Find(figure.Child.Index) is { IsOwn: true }
            && prints.Find(figure.Parent.Index) is { IsOwn: true };
    }

    /// <summary>Whether somebody objects to a match, or to what it was counted by.</summary>
    public static bool IsDisputed(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(match);
        var book = world.Lineage.Weights;
        return book.ObjectionsTo(match.Id).Any()
            || match.Counted is { } figure
                && (
                    book.ObjectionsTo(figure.Child).Any() || book.ObjectionsTo(figure.Parent).Any()
                );
    }

    /// <summary>
    /// The edges of evidence around a release: of matches with another release that bear weight.
    /// </summary>
    public static IEnumerable<Edge> EdgesOf(World world, ReleaseId release) =>
        MatchesOf(world, release)
            .Where(match => Bears(world, match))
            .Select(match => EdgeOf(world, match))
            .OfType<Edge>();

    /// <summary>The same around a release or around all releases of a model.</summary>
    public static IEnumerable<Edge> EdgesOf(World world, SubjectId subject)
    {
        ArgumentNullException.ThrowIfNull(world);
        return (
            subject.Release is { } release
                ? [release]
                : world.Registry.ModelOf(subject)?.Releases ?? Enumerable.Empty<ReleaseId>()
        )
            .SelectMany(one => EdgesOf(world, one))
            .Distinct();
    }

    /// <summary>The edge of a match of two releases; null: a side is none.</summary>
    public static Edge? EdgeOf(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return
            ReleaseOf(world, match.Parent) is { } parent
            && ChildOf(world, match) is { } child
            && parent != child
            ? new(
                SubjectId.Of(parent),
                SubjectId.Of(child),
                match.Relation,
                EdgeBasis.Evidence,
                match.Id.Index,
                FlopRange.Unknown,
                FigureOf(world, match)?.Log10P
            )
            : null;
    }

    /// <summary>
    /// The standing that a digest has, of a file or of weights: of the release that it is known by;
    /// else of the release that it was found to be a copy of or made from, which is never good.
    /// </summary>
    public static EffectiveStanding? StandingOf(World world, Digest digest)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (world.Registry.Weights.TryGet(digest, out var release))
        {
            return Descent.StandingOf(world, SubjectId.Of(release));
        }

        var owned = Worst(
            OwnersOf(world, digest)
                .Reverse()
                .Select(one => Descent.StandingOf(world, SubjectId.Of(one)))
        );
        return owned
            ?? Worst(
                world
                    .Lineage.Weights.MatchesOf(digest)
                    .Reverse()
                    .Where(match => match.ChildDigests.Contains(digest) && Bears(world, match))
                    .Select(match => Following(world, match))
                    .Concat(Others(world, digest))
            );
    }

    /// <summary>The standing that follows from a match; null: its origin is no release.</summary>
    public static EffectiveStanding? Following(World world, Match match) =>
        ReleaseOf(world, match.Parent) is { } parent
        && Descent.StandingOf(world, SubjectId.Of(parent)) is { } standing
            ? standing with
            {
                By = new(
                    match.Id,
                    match.Act is FoundCopy found ? found.Evidence : CopyEvidence.Fingerprint,
                    FigureOf(world, match)?.Log10P,
                    match.Relation,
                    IsDisputed(world, match)
                ),
            }
            : null;

    // Weights whose fingerprint another than the developer has stated.
    private static IEnumerable<EffectiveStanding?> Others(World world, Digest digest) =>
        world
            .Lineage.Weights.PrintsOf(digest)
            .Reverse()
            .Select(print =>
                Descent.StandingOf(world, SubjectId.Of(print.Release)) is { } standing
                    ? standing with
                    {
                        By = new(
                            print.Id,
                            CopyEvidence.Weights,
                            Log10P: null,
                            Relation: null,
                            world.Lineage.Weights.ObjectionsTo(print.Id).Any()
                        ),
                    }
                    : null
            );

    // What is suspended is not covered by what is not; else who was first.
    private static EffectiveStanding? Worst(IEnumerable<EffectiveStanding?> all)
    {
        var known = all.OfType<EffectiveStanding>().ToList();
        return known.FirstOrDefault(one => one.IsBarred)
            ?? known.FirstOrDefault(one => one.MarkedBy.Count > 0)
            ?? known.FirstOrDefault();
    }

    private static IEnumerable<ReleaseId> OwnersOf(World world, Digest weights) =>
        world.Lineage.Weights.PrintsOf(weights).Where(one => one.IsOwn).Select(one => one.Release);

    private static bool Stands(World world, Match match, ActId print) =>
        print == match.Id
        || world.Lineage.Weights.Fingerprints.Has(print.Index)
        || world.Lineage.Weights.Matches.Find(print.Index) is { EndedBy: null };
}
