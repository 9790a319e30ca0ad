using System.Globalization;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Lineage;

namespace Concord.Authority.Api;

/// <summary>
/// Reads of lineage: what a model or release was made from, and what was made from it.
/// </summary>
public static class LineageApi
{
    private const int EdgesMax = 2_000;

    private static readonly IReadOnlyDictionary<string, Relation> s_relations =
        Enum.GetValues<Relation>()
            .ToDictionary(WordOf, relation => relation, StringComparer.Ordinal);

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        _ = authority;
        foreach (
            var (path, name) in (ReadOnlySpan<(string, string)>)
                [("/models", "model"), ("/releases", "release")]
        )
        {
            routes
                .MapGet(path + "/{id}/lineage", Lineage)
                .Describe<LineageDocument>(
                    $"{name}-lineage",
                    "Lineage",
                    "What it was made from and what was made from it."
                );
            routes
                .MapGet(path + "/{id}/closure", Closure)
                .Describe<ClosureDocument>(
                    $"{name}-closure",
                    "Lineage",
                    "It and all that was made from it by chosen relations: what orders act on."
                );
        }
    }

    /// <summary>The lineage of a subject.</summary>
    /// <param name="Subject">The model or release.</param>
    /// <param name="Size">The size of the log that was read.</param>
    /// <param name="Names">The names of all subjects below.</param>
    /// <param name="Ancestors">What it was made from, at any distance.</param>
    /// <param name="Descendants">What was made from it, at any distance.</param>
    /// <param name="Evidence">
    /// What the weights of it and of its releases show, one step each way; nobody declares it.
    /// </param>
    /// <param name="Truncated">Whether there are more than are listed.</param>
    public sealed record LineageDocument(
        string Subject,
        long Size,
        IReadOnlyDictionary<string, string> Names,
        IReadOnlyList<EdgeLine> Ancestors,
        IReadOnlyList<EdgeLine> Descendants,
        IReadOnlyList<EdgeLine> Evidence,
        bool Truncated
    );

    /// <summary>One thing made from another.</summary>
    /// <param name="Parent">What it was made from.</param>
    /// <param name="Child">What was made.</param>
    /// <param name="Relation">How; absent: the source does not say.</param>
    /// <param name="Basis">Why we think so.</param>
    /// <param name="Act">The act that says it.</param>
    /// <param name="ComputeLow">Compute of the modification, at least, FLOP.</param>
    /// <param name="ComputeHigh">Compute of the modification, at most, FLOP.</param>
    /// <param name="Log10P">
    /// By evidence: the probability of such agreement between strangers is at most ten to this
    /// power.
    /// </param>
    public sealed record EdgeLine(
        string Parent,
        string Child,
        Relation? Relation,
        EdgeBasis Basis,
        string Act,
        string? ComputeLow,
        string? ComputeHigh,
        int? Log10P
    );

    /// <summary>The closure of a subject.</summary>
    /// <param name="Subject">The model or release.</param>
    /// <param name="Relations">The relations that were followed.</param>
    /// <param name="Size">The size of the log that was read.</param>
    /// <param name="Root">
    /// The Merkle root (RFC 9162) over the sorted ids, and after them the sorted digests.
    /// </param>
    /// <param name="Count">How many there are.</param>
    /// <param name="Members">Their ids, sorted.</param>
    /// <param name="Confidence">
    /// Evidence was followed whose figure is at most ten to the minus this; absent: none was.
    /// </param>
    /// <param name="Files">
    /// With evidence, the files that were found to be copies or made from a member, sorted.
    /// </param>
    public sealed record ClosureDocument(
        string Subject,
        IReadOnlyList<string> Relations,
        long Size,
        string Root,
        int Count,
        IReadOnlyList<string> Members,
        int? Confidence,
        IReadOnlyList<string>? Files
    );

    private static IResult Lineage(HttpContext context, string id)
    {
        var world = Freshness.SnapshotOf(context).World;
        if (!TrySubject(world, id, out var subject))
        {
            return context.Fail(NoSubject(id));
        }

        var lineage = world.Lineage;
        var up = Descent
            .Ancestors(world, subject)
            .Prepend(subject)
            .SelectMany(lineage.ParentsOf)
            .Distinct()
            .Take(EdgesMax + 1)
            .ToList();
        var down = Descent
            .Closure(world, subject, Descent.AllRelations)
            .SelectMany(lineage.ChildrenOf)
            .Distinct()
            .Take(EdgesMax + 1)
            .ToList();
        var evidence = Recognition.EdgesOf(world, subject).Take(EdgesMax).ToList();
        var names = up.Concat(down)
            .Concat(evidence)
            .SelectMany(edge => (SubjectId[])[edge.Parent, edge.Child])
            .Append(subject)
            .Distinct()
            .ToDictionary(one => one.ToString(), one => NameOf(world, one), StringComparer.Ordinal);
        return Results.Json(
            new LineageDocument(
                subject.ToString(),
                world.Size,
                names,
                [.. up.Take(EdgesMax).Select(Line)],
                [.. down.Take(EdgesMax).Select(Line)],
                [.. evidence.Select(Line)],
                up.Count > EdgesMax || down.Count > EdgesMax
            ),
            ApiJson.Options
        );
    }

    private static IResult Closure(
        HttpContext context,
        string id,
        string? relations,
        string? confidence
    )
    {
        var world = Freshness.SnapshotOf(context).World;
        if (!TrySubject(world, id, out var subject))
        {
            return context.Fail(NoSubject(id));
        }

        var words = string.IsNullOrEmpty(relations) ? [.. s_relations.Keys] : relations.Split(',');
        if (words.FirstOrDefault(word => !s_relations.ContainsKey(word)) is { } unknown)
        {
            return context.Fail(
                new(
                    Problems.BadQuery,
                    $"{unknown} is no relation; they are {string.Join(", ", s_relations.Keys)}"
                )
                {
                    Where = "relations",
                }
            );
        }

        if (!TryConfidence(confidence, out var least))
        {
            return context.Fail(
                new(
                    Problems.BadQuery,
                    $"confidence is a whole number from {-Counting.Bar} on: evidence is followed "
                        + "whose probability among strangers is at most ten to the minus that"
                )
                {
                    Where = "confidence",
                }
            );
        }

        var chosen = words.Select(word => s_relations[word]).ToHashSet();
        var closure = least is { } bar
            ? Descent.Closure(world, subject, chosen, -bar)
            : Descent.Closure(world, subject, chosen);
        var files = least is { } most
            ? Descent.FilesOf(world, closure, chosen, -most).Select(one => one.ToString()).ToList()
            : null;
        var members = closure.Select(one => one.ToString()).Order(StringComparer.Ordinal).ToList();
        var tree = new MerkleTree();
        foreach (var member in members.Concat(files ?? []))
        {
            tree.Append(MerkleTree.LeafHash(Encoding.ASCII.GetBytes(member)));
        }

        return Results.Json(
            new ClosureDocument(
                subject.ToString(),
                [.. words.Order(StringComparer.Ordinal)],
                world.Size,
                tree.Root(tree.Size).ToString(),
                members.Count,
                members,
                least,
                files
            ),
            ApiJson.Options
        );
    }

    private static bool TryConfidence(string? text, out int? least)
    {
        least = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var isNumber = int.TryParse(
            text,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        );
        least = number;
        return isNumber && number >= -Counting.Bar;
    }

    private static bool TrySubject(World world, string id, out SubjectId subject) =>
        SubjectId.TryParse(id, out subject) && world.Registry.StandingOf(subject) is not null;

    private static string NameOf(World world, SubjectId subject) =>
        subject.Release is { } release
            ? world.Registry.Releases[release].Act.Name
            : world.Registry.Models[subject.Model!.Value].FullName;

    private static EdgeLine Line(Edge edge) =>
        new(
            edge.Parent.ToString(),
            edge.Child.ToString(),
            edge.Relation,
            edge.Basis,
            new ActId(edge.Act).ToString(),
            edge.Compute.Low?.ToString(),
            edge.Compute.High?.ToString(),
            edge.Log10P
        );

    private static string WordOf(Relation relation) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(relation.ToString());

    private static Problem NoSubject(string id) =>
        new(Problems.NotFound, $"no model or release has the id {id}") { Where = "id" };
}
