using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms.Registry;

namespace Concord.Rooms.Lineage;

/// <summary>
/// What was made from what: a graph over releases, and over models where a source names no release.
/// It has no cycles, by law; contradictions stay side by side.
/// </summary>
public sealed record LineageView
{
    /// <summary>Before the first entry.</summary>
    public static readonly LineageView Empty = new();

    /// <summary>The edges to what a subject was made from.</summary>
    public Map<SubjectId, Chain<Edge>> Parents { get; private init; } =
        Map<SubjectId, Chain<Edge>>.Empty;

    /// <summary>The edges to what was made from a subject.</summary>
    public Map<SubjectId, Chain<Edge>> Children { get; private init; } =
        Map<SubjectId, Chain<Edge>>.Empty;

    /// <summary>Fingerprints, evidence, found copies; none of it changes the graph.</summary>
    public WeightsBook Weights { get; private init; } = WeightsBook.None;

    /// <summary>The view with its maps inside an edit, or outside any.</summary>
    internal LineageView In(Edit? edit) =>
        new()
        {
            Parents = Parents.In(edit),
            Children = Children.In(edit),
            Weights = Weights.In(edit),
        };

    /// <summary>
    /// The view after one more entry; <paramref name="before"/> is the registry up to it.
    /// </summary>
    internal LineageView Fold(Logged entry, Effect effect, RegistryView before)
    {
        if (!effect.Takes)
        {
            return this;
        }

        var weights = Weights.Fold(entry, effect, before);
        var view = ReferenceEquals(weights, Weights) ? this : this with { Weights = weights };
        return entry.Act switch
        {
            ReportModel act => view.Reported(act, entry.Index),
            RegisterModel act => view.Answer(act, new(entry.Index), before),
            Release act => view.SameWeights(act, new(entry.Index), before),
            Derive act => view.Declare(act, entry.Index),
            Amend act => view.Alter(act.Target, act.Changes, before),
            Correct act => view.Alter(act.Target, act.Changes, before),
            Withdraw act => view.Without(act.Target.Index, before),
            VoidAct { Replacement: { } changes } act => view.Alter(act.Target, changes, before),
            VoidAct act => view.Without(act.Target.Index, before),
            _ => view,
        };
    }

    private LineageView Reported(ReportModel act, long index)
    {
        var view = this;
        var child = SubjectId.Of(new ModelId(index));
        foreach (var parent in act.BaseModels)
        {
            if (parent.Model is { } model)
            {
                view = view.Add(
                    new(
                        SubjectId.Of(model),
                        child,
                        Relation: null,
                        EdgeBasis.Report,
                        index,
                        FlopRange.Unknown
                    )
                );
            }
        }

        return view;
    }

    private LineageView Declare(Derive act, long index)
    {
        var view = this;
        foreach (var parent in act.Parents)
        {
            var compute = FlopRange.Between(act.ComputeLow, act.ComputeHigh);
            view = view.Add(
                new(
                    parent,
                    SubjectId.Of(act.Child),
                    act.Relation,
                    EdgeBasis.Declaration,
                    index,
                    compute
                )
            );
        }

        return view;
    }

    private LineageView SameWeights(Release act, ReleaseId id, RegistryView before)
    {
        var view = this;
        var seen = new HashSet<ReleaseId>();
        foreach (var file in act.Weights)
        {
            if (before.Weights.TryGet(file.Digest, out var first) && seen.Add(first))
            {
                view = view.Add(
                    new(
                        SubjectId.Of(first),
                        SubjectId.Of(id),
                        Relation.Copy,
                        EdgeBasis.Digest,
                        id.Index,
                        FlopRange.Unknown
                    )
                );
            }
        }

        return view;
    }

    // A registration that answers reports takes over their place in the graph.
    private LineageView Answer(RegisterModel act, ModelId id, RegistryView before)
    {
        var view = this;
        var now = SubjectId.Of(id);
        foreach (var report in act.Answers)
        {
            if (before.Models[report].AnsweredBy is not null)
            {
                continue;
            }

            var was = SubjectId.Of(report);
            foreach (var edge in view.ParentsOf(was).Concat(view.ChildrenOf(was)).ToList())
            {
                view = view.Remove(edge)
                    .Add(
                        edge with
                        {
                            Parent = edge.Parent == was ? now : edge.Parent,
                            Child = edge.Child == was ? now : edge.Child,
                        }
                    );
            }
        }

        return view;
    }

    private LineageView Alter(
        ActId target,
        System.Text.Json.JsonElement changes,
        RegistryView before
    )
    {
        var act = before.Changed(target);
        if (act is not (Derive or ReportModel))
        {
            return this;
        }

        Invariant.Hold(
            Change.TryMerge(act, changes, out var merged, out _),
            "law merged it before"
        );
        var view = Without(target.Index, before);
        return merged switch
        {
            Derive derive => view.Declare(derive, target.Index),
            ReportModel report => view.Reported(report, target.Index),
            _ => view,
        };
    }

    private LineageView Without(long act, RegistryView before)
    {
        var child =
            before.Derivations.TryGet(act, out var release) ? SubjectId.Of(release)
            : before.Models.Has(new(act)) ? SubjectId.Of(before.Canonical(new(act)))
            : (SubjectId?)null;
        var view = this;
        foreach (
            var edge in child is { } made
                ? ParentsOf(made).Where(edge => edge.Act == act).ToList()
                : []
        )
        {
            view = view.Remove(edge);
        }

        return view;
    }

    /// <summary>The edges to what a subject was made from.</summary>
    public IEnumerable<Edge> ParentsOf(SubjectId subject) => Parents.Find(subject) ?? Nothing;

    /// <summary>The edges to what was made from a subject.</summary>
    public IEnumerable<Edge> ChildrenOf(SubjectId subject) => Children.Find(subject) ?? Nothing;

    private static IEnumerable<Edge> Nothing => [];

    // A registration that answers both ends of a reported edge says that they are one model.
    private LineageView Add(Edge edge) =>
        edge.Parent == edge.Child
            ? this
            : this with
            {
                Parents = Parents.Set(edge.Child, new(edge, Parents.Find(edge.Child))),
                Children = Children.Set(edge.Parent, new(edge, Children.Find(edge.Parent))),
            };

    private LineageView Remove(Edge edge) =>
        this with
        {
            Parents = Remove(Parents, edge.Child, edge),
            Children = Remove(Children, edge.Parent, edge),
        };

    private static Map<SubjectId, Chain<Edge>> Remove(
        Map<SubjectId, Chain<Edge>> map,
        SubjectId key,
        Edge edge
    )
    {
        Chain<Edge>? rest = null;
        foreach (var other in (map.Find(key) ?? Nothing).Reverse())
        {
            rest = other == edge ? rest : new(other, rest);
        }

        return rest is null ? map.Remove(key) : map.Set(key, rest);
    }
}
