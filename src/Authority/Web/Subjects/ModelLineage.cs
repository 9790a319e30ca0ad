using Concord.Acts;
using Concord.Authority.Web.Charts;
using Concord.Authority.Web.Tables;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Subjects;

/// <summary>What a model was made from and what was made from it, one step each way.</summary>
public sealed class ModelLineage
{
    private const int ListedMax = 500;

    private ModelLineage(
        LineageNode self,
        IReadOnlyList<LineageNode> parents,
        IReadOnlyList<LineageNode> children,
        IReadOnlyList<string> unlisted
    ) => (Self, Parents, Children, Unlisted) = (self, parents, children, unlisted);

    /// <summary>The model itself.</summary>
    public LineageNode Self { get; }

    /// <summary>What it was made from.</summary>
    public IReadOnlyList<LineageNode> Parents { get; }

    /// <summary>What was made from it, at most 500.</summary>
    public IReadOnlyList<LineageNode> Children { get; }

    /// <summary>Base models that a source names and that are not in the register.</summary>
    public IReadOnlyList<string> Unlisted { get; }

    /// <summary>Whether there is nothing to draw.</summary>
    public bool IsEmpty => Parents.Count == 0 && Children.Count == 0;

    /// <summary>The lineage of a model.</summary>
    public static ModelLineage Of(World world, Model model)
    {
        var subjects = (model.Releases ?? Enumerable.Empty<ReleaseId>())
            .Select(SubjectId.Of)
            .Prepend(SubjectId.Of(model.Id))
            .ToList();
        var evident = Recognition.EdgesOf(world, SubjectId.Of(model.Id)).ToList();
        var own = subjects.ToHashSet();
        var parents = Nodes(
            world,
            model,
            subjects
                .SelectMany(world.Lineage.ParentsOf)
                .Concat(evident.Where(edge => own.Contains(edge.Child))),
            up: true
        );
        var children = Nodes(
            world,
            model,
            subjects
                .SelectMany(world.Lineage.ChildrenOf)
                .Concat(evident.Where(edge => own.Contains(edge.Parent))),
            up: false
        );
        return new(
            new(model.FullName, null, Say("this model"), "", Mark(world, model)),
            parents,
            children,
            [
                .. (BestEstimate.ReportOf(world, model)?.BaseModels ?? [])
                    .Where(one => one.Model is null)
                    .Select(one => one.Name),
            ]
        );
    }

    private static List<LineageNode> Nodes(
        World world,
        Model self,
        IEnumerable<Edge> edges,
        bool up
    ) =>
        [
            .. edges
                .Select(edge => (Edge: edge, Subject: up ? edge.Parent : edge.Child))
                .Where(one =>
                    world.Registry.ModelOf(one.Subject) is { } other && other.Id != self.Id
                )
                .DistinctBy(one => one.Subject)
                .Take(ListedMax)
                .OrderBy(one => one.Subject.Index)
                .Select(one => Node(world, self, one.Edge, one.Subject, up)),
        ];

    private static LineageNode Node(World world, Model self, Edge edge, SubjectId subject, bool up)
    {
        var model = world.Registry.ModelOf(subject)!;
        var relation = edge.Relation is { } stated ? ActSentence.Word(stated) : Say("derived");
        var basis = edge.Basis switch
        {
            EdgeBasis.Declaration => Say("as its maker declares"),
            EdgeBasis.Digest => Say("by its weights digest"),
            EdgeBasis.Evidence => Say("by evidence, not declared"),
            _ => Say("as a source reports"),
        };
        var (child, parent) = up ? (self, model) : (model, self);
        var share = Share(world, child, parent);
        return new(
            subject.Release is { } release
                ? world.Registry.Releases[release].Act.Name
                : model.FullName,
            subject.Release is { } id
                ? $"{ModelWords.Href(model.Id)}#{id}"
                : ModelWords.Href(model.Id),
            share is null ? $"{relation}, {basis}" : Plainly($"{relation}, adds {share}"),
            relation,
            Mark(world, model),
            edge.Basis is EdgeBasis.Digest or EdgeBasis.Evidence
        );
    }

    // Own compute of the derivative by the best estimate of what it was made from.
    private static string? Share(World world, Model child, Model parent)
    {
        if (
            child.Report?.FinetuneCompute?.Figure is not { } added
            || BestEstimate.Of(world, parent).Figure is not { } whole
            || whole.Approximate <= 0
        )
        {
            return null;
        }

        var share = added.Approximate / whole.Approximate * 100;
        return share >= 10
            ? $"{share:0} %"
            : $"{Figures.Point(
                share.ToString("G2", System.Globalization.CultureInfo.InvariantCulture)
            )} %";
    }

    private static StateKind? Mark(World world, Model model) =>
        model.Standing.AsOf(world.At).State switch
        {
            StandingState.Suspended => StateKind.Suspended,
            StandingState.Registered or StandingState.Certified => StateKind.Registered,
            _ => null,
        };
}
