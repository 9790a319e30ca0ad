using Concord.Measures.Weights;
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

    /// <summary>Whether they were not trained independently.</summary>
    public bool IsRelated => RelationSuggestion.AreRelated(Evidence, Equal, Odds.Entries);

    /// <summary>The verdict in a sentence.</summary>
    public string Verdict =>
        Evidence.SameWeights ? $"{LeftName} and {RightName} have the same weights."
        : IsRelated ? $"{LeftName} and {RightName} were not trained independently."
        : $"There is no evidence that {LeftName} and {RightName} have a common origin.";

    /// <summary>What the verdict rests on, in a sentence.</summary>
    public string Because =>
        Evidence.SameWeights
            ? "The digests of their weights are equal, whatever the files are called, and equal "
                + "digests leave nothing to chance."
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
    public string LeftName => Path.GetFileName(Left.Name.TrimEnd('/'));

    /// <summary>The short name of the second.</summary>
    public string RightName => Path.GetFileName(Right.Name.TrimEnd('/'));

    /// <summary>Compares two models that are open.</summary>
    public static Comparison Of(ScannedModel left, ScannedModel right, CancellationToken cancel)
    {
        var evidence = PairTest.Compare(left.Fingerprint, right.Fingerprint);
        var equal = EqualTensors.Of(left.Reading, right.Reading, cancel);
        return new()
        {
            Left = left,
            Right = right,
            Evidence = evidence,
            Equal = equal,
            Suggestion =
                Adapter(left, PairSide.Left)
                ?? Adapter(right, PairSide.Right)
                ?? RelationSuggestion.Of(
                    left.Fingerprint,
                    right.Fingerprint,
                    evidence,
                    equal,
                    Odds.Entries
                ),
        };
    }

    // What an adapter adds says little of its base: its own word is all there is.
    private static RelationSuggestion? Adapter(ScannedModel model, PairSide side) =>
        model.AdapterFor is { } claimed
            ? new(
                SuggestedRelation.Adapter,
                side,
                $"It says itself that it is an adapter for {claimed}; nothing here proves that."
            )
            : null;
}
