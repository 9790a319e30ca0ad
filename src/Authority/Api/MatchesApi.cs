using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Authority.Admission;
using Concord.Rooms;
using Concord.Rooms.Lineage;

namespace Concord.Authority.Api;

/// <summary>
/// Reads of what was filed on weights: a match, and the fingerprints and matches of a release.
/// </summary>
public static class MatchesApi
{
    private const int ListedMost = 500;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/matches/{id}", Match)
            .Describe<MatchDocument>(
                "match",
                "Lineage",
                "Evidence or a found copy: what is stated, what the register has counted, and who "
                    + "objects."
            );
        routes
            .MapGet("/releases/{id}/weights", Weights)
            .Describe<WeightsDocument>(
                "release-weights",
                "Lineage",
                "The fingerprints of a release, and the matches that name it."
            );
    }

    /// <summary>A match.</summary>
    /// <param name="Id">The act.</param>
    /// <param name="Kind">evidence or found-copy.</param>
    /// <param name="By">Who filed it.</param>
    /// <param name="At">When.</param>
    /// <param name="Child">The side that is thought to have been made.</param>
    /// <param name="Parent">The side that it is thought to have been made from.</param>
    /// <param name="Evidence">What was recognised.</param>
    /// <param name="Relation">The relation that is suggested; absent: none.</param>
    /// <param name="StatedLog10P">The figure that who filed it states.</param>
    /// <param name="Counted">What the register has counted itself; absent: it could not.</param>
    /// <param name="Bears">Whether it bears weight.</param>
    /// <param name="EndedBy">The act that withdrew or voided it; absent: it stands.</param>
    /// <param name="Objections">Who objects, newest first.</param>
    /// <param name="Standing">The standing that follows from it; absent: none does.</param>
    public sealed record MatchDocument(
        string Id,
        string Kind,
        string By,
        string At,
        SideLine Child,
        SideLine Parent,
        CopyEvidence Evidence,
        Relation? Relation,
        int? StatedLog10P,
        CountedLine? Counted,
        bool Bears,
        string? EndedBy,
        IReadOnlyList<ObjectionLine> Objections,
        string? Standing
    );

    /// <summary>A side of a match.</summary>
    /// <param name="Release">The release that it is or is known as; absent: none.</param>
    /// <param name="Digests">The digests that it was named by.</param>
    public sealed record SideLine(string? Release, IReadOnlyList<string> Digests);

    /// <summary>A figure that the register has counted.</summary>
    /// <param name="Log10P">
    /// The probability of such agreement between strangers is at most ten to this power.
    /// </param>
    /// <param name="SameWeights">Whether the weights digests are the same.</param>
    /// <param name="Decides">Whether it is below the bar of the register.</param>
    /// <param name="Child">The act with the one fingerprint.</param>
    /// <param name="Parent">The act with the other.</param>
    public sealed record CountedLine(
        int Log10P,
        bool SameWeights,
        bool Decides,
        string Child,
        string Parent
    );

    /// <summary>An objection.</summary>
    /// <param name="Id">The act.</param>
    /// <param name="By">Who objects.</param>
    /// <param name="Side">The side that it answers for.</param>
    /// <param name="At">When.</param>
    /// <param name="Grounds">Why.</param>
    public sealed record ObjectionLine(
        string Id,
        string By,
        DisputeSide Side,
        string At,
        string Grounds
    );

    /// <summary>What was filed on the weights of a release.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Size">The size of the log that was read.</param>
    /// <param name="Fingerprints">Its fingerprints, newest first.</param>
    /// <param name="Matches">The matches that name it, newest first, at most 500.</param>
    public sealed record WeightsDocument(
        string Release,
        long Size,
        IReadOnlyList<FingerprintLine> Fingerprints,
        IReadOnlyList<MatchDocument> Matches
    );

    /// <summary>A fingerprint.</summary>
    /// <param name="Id">The act, which has the small form.</param>
    /// <param name="By">Who took it.</param>
    /// <param name="Own">Whether that is the release's developer.</param>
    /// <param name="Weights">The weights digest.</param>
    /// <param name="Method">The version of the method.</param>
    /// <param name="At">When it was filed.</param>
    /// <param name="Disputed">Whether somebody objects.</param>
    public sealed record FingerprintLine(
        string Id,
        string By,
        bool Own,
        string Weights,
        int Method,
        string At,
        bool Disputed
    );

    /// <summary>The match of an id; null: there is none.</summary>
    internal static Match? Find(World world, string id) =>
        ShortId.TryParse(id, ActId.Letter, out var index)
            ? world.Lineage.Weights.Matches.Find(index)
            : null;

    internal static Problem NoMatch(string id) =>
        new(Problems.NotFound, $"no evidence and no found copy has the id {id}") { Where = "id" };

    private static IResult Match(HttpContext context, string id)
    {
        var world = Freshness.SnapshotOf(context).World;
        return Find(world, id) is { } match
            ? Results.Json(DocumentOf(world, match), ApiJson.Options)
            : context.Fail(NoMatch(id));
    }

    private static IResult Weights(HttpContext context, string id)
    {
        var world = Freshness.SnapshotOf(context).World;
        if (
            !ShortId.TryParse(id, ReleaseId.Letter, out var index)
            || !world.Registry.Releases.Has(new(index))
        )
        {
            return context.Fail(
                new(Problems.NotFound, $"no release has the id {id}") { Where = "id" }
            );
        }

        var (release, book) = (new ReleaseId(index), world.Lineage.Weights);
        return Results.Json(
            new WeightsDocument(
                release.ToString(),
                world.Size,
                [
                    .. book.PrintsOf(release)
                        .Select(one => new FingerprintLine(
                            one.Id.ToString(),
                            one.By.ToString(),
                            one.IsOwn,
                            one.Weights.ToString(),
                            one.Method,
                            one.At.ToString(),
                            book.ObjectionsTo(one.Id).Any()
                        )),
                ],
                [
                    .. Recognition
                        .MatchesOf(world, release)
                        .Take(ListedMost)
                        .Select(one => DocumentOf(world, one)),
                ]
            ),
            ApiJson.Options
        );
    }

    private static MatchDocument DocumentOf(World world, Match match)
    {
        var figure = Recognition.FigureOf(world, match);
        var bears = Recognition.Bears(world, match);
        return new(
            match.Id.ToString(),
            match.Act is FoundCopy ? "found-copy" : "evidence",
            match.By.ToString(),
            match.At.ToString(),
            new(
                Recognition.ChildOf(world, match)?.ToString(),
                [.. match.ChildDigests.Select(one => one.ToString())]
            ),
            new(
                Recognition.ReleaseOf(world, match.Parent)?.ToString(),
                [.. match.ParentDigests.Select(one => one.ToString())]
            ),
            match.Act is FoundCopy found ? found.Evidence : CopyEvidence.Fingerprint,
            match.Relation,
            match.Stated,
            figure is null
                ? null
                : new(
                    figure.Log10P,
                    figure.SameWeights,
                    figure.Decides,
                    figure.Child.ToString(),
                    figure.Parent.ToString()
                ),
            bears,
            match.EndedBy?.ToString(),
            [
                .. world
                    .Lineage.Weights.ObjectionsTo(match.Id)
                    .Select(one => new ObjectionLine(
                        one.Id.ToString(),
                        one.Said.By.ToString(),
                        one.Said.Side,
                        one.At.ToString(),
                        one.Said.Grounds
                    )),
            ],
            bears && Recognition.Following(world, match) is { } standing
                ? StandingAnswer.WordOf(standing)
                : null
        );
    }
}
