using Concord.Measures.Weights;
using Concord.Measures.Weights.Adapters;
using Concord.Measures.Weights.Pairs;

namespace Concord.Cli.Scanning;

/// <summary>
/// Two models, and a third where a merge is asked about, compared number by number.
/// </summary>
internal sealed record Comparison
{
    /// <summary>The first: where it is asked, the child.</summary>
    public required ScannedModel Left { get; init; }

    /// <summary>The second: where it is asked, a parent.</summary>
    public required ScannedModel Right { get; init; }

    /// <summary>What their fingerprints say.</summary>
    public required PairEvidence Evidence { get; init; }

    /// <summary>What is equal in them.</summary>
    public required EqualTensors Equal { get; init; }

    /// <summary>The relation that is suggested; null: none.</summary>
    public required RelationSuggestion? Suggestion { get; init; }

    /// <summary>
    /// Which of them is an adapter, and whether it can be for the other; null: neither is one, or
    /// both are.
    /// </summary>
    public (PairSide Side, AdapterFit Fit)? Adapter { get; init; }

    /// <summary>Whether they were not trained independently.</summary>
    public bool IsRelated => RelationSuggestion.AreRelated(Evidence, Equal, Odds.Entries);

    /// <summary>The verdict in a sentence.</summary>
    public string Verdict =>
        Evidence.SameWeights ? $"{LeftName} and {RightName} have the same weights."
        : Adapter is { Fit.CanBe: true } ? $"{AdapterName} can be an adapter for {BaseName}."
        : Adapter is not null ? $"{AdapterName} is no adapter for {BaseName}."
        : IsRelated ? $"{LeftName} and {RightName} were not trained independently."
        : $"There is no evidence that {LeftName} and {RightName} have a common origin.";

    /// <summary>What the verdict rests on, in a sentence.</summary>
    public string Because =>
        Evidence.SameWeights
            ? "The digests of their weights are equal, whatever the files are called, and equal "
                + "digests leave nothing to chance."
        : Adapter is { Fit: var fit }
            ? $"{BaseName} has {fit.Fitting} of the {fit.Matrices} matrices that it changes, by "
                + "name and sizes"
                + (
                    fit is { CanBe: true, Strength: { } strength }
                        ? $"; what it adds is {Odds.Percent(strength)} of their length."
                        : "."
                )
        : Evidence.Decides(Odds.Entries)
            ? "Networks that were trained independently agree this much "
                + $"{Odds.Say(Evidence.Log10P)}."
        : Equal.IsMost
            ? $"{Odds.Percent(Equal.Share)} of one, by bytes, are tensors that the other has too, "
                + "number by number."
        : "Their hidden units agree no more than chance may give. That is no proof of "
            + "independence: weights can be changed until nothing tells.";

    /// <summary>The suggestion in a sentence; null: there is none.</summary>
    public string? Suggested =>
        Suggestion is not { } said ? null
        : said.Child is { } side
            ? $"It looks as if {(side == PairSide.Left ? LeftName : RightName)} was made from "
                + $"{(side == PairSide.Left ? RightName : LeftName)}: "
                + $"{Odds.Say(said.Relation)}. {said.Ground}"
        : $"It looks like {Odds.Say(said.Relation)}. {said.Ground}";

    /// <summary>The short name of the first.</summary>
    public string LeftName => NameOf(Left);

    /// <summary>The short name of the second.</summary>
    public string RightName => NameOf(Right);

    private string AdapterName => Adapter?.Side == PairSide.Left ? LeftName : RightName;

    private string BaseName => Adapter?.Side == PairSide.Left ? RightName : LeftName;

    /// <summary>The short name of a model; of an adapter that of its folder.</summary>
    public static string NameOf(ScannedModel model)
    {
        var name = model.Name.TrimEnd('/');
        return
            Path.GetFileName(name) is "adapter_config.json"
            && Path.GetFileName(Path.GetDirectoryName(name)) is { Length: > 0 } folder
            ? folder
            : Path.GetFileName(name);
    }

    /// <summary>Compares two models that are open.</summary>
    public static Comparison Of(ScannedModel left, ScannedModel right, CancellationToken cancel)
    {
        var evidence = PairTest.Compare(left.Fingerprint, right.Fingerprint);
        var equal = EqualTensors.Of(left.Reading, right.Reading, cancel);
        (PairSide Side, AdapterFit Fit)? adapter = (left.Difference, right.Difference) switch
        {
            ({ } adds, null) => (PairSide.Left, AdapterFit.Of(adds, right.Reading, cancel)),
            (null, { } adds) => (PairSide.Right, AdapterFit.Of(adds, left.Reading, cancel)),
            _ => null,
        };
        return new()
        {
            Left = left,
            Right = right,
            Evidence = evidence,
            Equal = equal,
            Adapter = adapter,
            Suggestion = adapter is var (side, fit)
                ? Claimed(side == PairSide.Left ? left : right, side, fit)
                : MergedIn(left, right, Related(left, right, evidence, equal), cancel),
        };
    }

    private static RelationSuggestion? Related(
        ScannedModel left,
        ScannedModel right,
        PairEvidence evidence,
        EqualTensors equal
    ) => RelationSuggestion.Of(left.Fingerprint, right.Fingerprint, evidence, equal, Odds.Entries);

    // Where numbers differ, how they do says whether all were trained.
    private static RelationSuggestion? MergedIn(
        ScannedModel left,
        ScannedModel right,
        RelationSuggestion? suggestion,
        CancellationToken cancel
    ) =>
        suggestion?.Relation
            is not (SuggestedRelation.FurtherTraining or SuggestedRelation.Conversion)
        || DifferenceRank.Of(left.Reading, right.Reading, cancel) is not { IsLow: true } found
            ? suggestion
            : new(
                SuggestedRelation.Adapter,
                null,
                $"{found.Differing} matrices differ, {found.Low} of them in at most {found.Rank} "
                    + "directions, as a merged adapter leaves them; which came first the weights "
                    + "do not tell."
            );

    // What an adapter adds says little of its base: its own word is all there is, and its sizes.
    private static RelationSuggestion? Claimed(ScannedModel model, PairSide side, AdapterFit fit) =>
        !fit.CanBe
            ? null
            : new(
                SuggestedRelation.Adapter,
                side,
                (
                    model.AdapterFor is { } claimed
                        ? $"It says itself that it is an adapter for {claimed}; "
                        : "Its matrices fit; "
                ) + "nothing here proves that it was made for it."
            );
}
