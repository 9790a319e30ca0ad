namespace Concord.Measures.Weights.Pairs;

/// <summary>
/// What evidence suggests about how two models hang together, and in which direction where the
/// weights tell one. A suggestion is for a person to look at; it is no finding.
/// </summary>
/// <param name="Relation">The relation.</param>
/// <param name="Child">The one that was made from the other; null: the weights do not tell.</param>
/// <param name="Ground">What suggests it, in a sentence for people.</param>
public sealed record RelationSuggestion(SuggestedRelation Relation, PairSide? Child, string Ground)
{
    /// <summary>Rounded weights keep at least this share of the units that agree.</summary>
    public const double QuantisedShare = 0.3;

    private const int FewestBitsRatio = 4;
    private const int MoreZerosPerMillion = 50_000;

    /// <summary>
    /// Whether two are related at all: by equal weights, by half of the bytes of one in equal
    /// tensors, or by agreement that strangers do not reach in a register of so many entries.
    /// </summary>
    public static bool AreRelated(PairEvidence evidence, EqualTensors? equal, long entries)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence.Decides(entries) || equal is { IsMost: true };
    }

    /// <summary>The suggestion for two that are related; null: they are not.</summary>
    /// <param name="left">The fingerprint of the one.</param>
    /// <param name="right">The fingerprint of the other.</param>
    /// <param name="evidence">What they say about each other, in this order.</param>
    /// <param name="equal">How much is equal; null: only the fingerprints are at hand.</param>
    /// <param name="entries">How many fingerprints the one was compared with.</param>
    public static RelationSuggestion? Of(
        Fingerprint left,
        Fingerprint right,
        PairEvidence evidence,
        EqualTensors? equal,
        long entries
    )
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return !AreRelated(evidence, equal, entries) ? null
            : evidence.SameWeights
                ? new(SuggestedRelation.Copy, null, "The digests of the weights are equal.")
            : equal is { IsMost: true }
                ? new(
                    SuggestedRelation.Conversion,
                    null,
                    "At least half of the weights of one are in the other, number by number."
                )
            : Quantised(left, right, evidence)
                ?? Pruned(left, right)
                ?? new(
                    SuggestedRelation.FurtherTraining,
                    null,
                    "The weights differ as they do after further training; which came first they "
                        + "do not tell."
                );
    }

    /// <summary>The suggestion for a child that is related to two parents.</summary>
    /// <param name="first">What child and first parent say about each other.</param>
    /// <param name="second">What child and second parent say about each other.</param>
    /// <param name="parents">What the parents say about each other.</param>
    /// <param name="entries">How many fingerprints one was compared with.</param>
    public static RelationSuggestion? Merge(
        PairEvidence first,
        PairEvidence second,
        PairEvidence parents,
        long entries
    )
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(parents);
        return !first.Decides(entries) || !second.Decides(entries) ? null
            : parents.Decides(entries)
                ? new(
                    SuggestedRelation.Merge,
                    PairSide.Left,
                    "It is related to both, but these are related to each other: either alone "
                        + "may be what it was made from."
                )
            : new(
                SuggestedRelation.Merge,
                PairSide.Left,
                "It is related to both, which show no relation to each other."
            );
    }

    /// <summary>The share of units that agree, in the layers that were counted.</summary>
    public static double ShareOf(PairEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var compared = evidence.Layers.Sum(layer => (long)layer.Compared);
        return compared == 0 ? 0 : (double)evidence.Layers.Sum(one => one.Agreements) / compared;
    }

    private static RelationSuggestion? Quantised(
        Fingerprint left,
        Fingerprint right,
        PairEvidence evidence
    )
    {
        // A quarter fewer bits: less is a matter of which small tensors were left as they were.
        var (ours, theirs) = (left.SixteenthBits, right.SixteenthBits);
        var child =
            ours * FewestBitsRatio <= theirs * (FewestBitsRatio - 1) ? PairSide.Left
            : theirs * FewestBitsRatio <= ours * (FewestBitsRatio - 1) ? PairSide.Right
            : (PairSide?)null;
        return child is { } side && ShareOf(evidence) >= QuantisedShare
            ? new(
                SuggestedRelation.Quantisation,
                side,
                $"{Bits(left)} bits for a weight in the first, {Bits(right)} in the second, and "
                    + "most units agree."
            )
            : null;
    }

    private static RelationSuggestion? Pruned(Fingerprint left, Fingerprint right)
    {
        var more = left.ZerosPerMillion - right.ZerosPerMillion;
        return Math.Abs(more) < MoreZerosPerMillion
            ? null
            : new(
                SuggestedRelation.Pruning,
                more > 0 ? PairSide.Left : PairSide.Right,
                $"{Percent(left)} % of the weights are zero in the first, {Percent(right)} % in "
                    + "the second."
            );
    }

    private static string Bits(Fingerprint one) =>
        (one.SixteenthBits / 16.0).ToString(
            "0.#",
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static string Percent(Fingerprint one) =>
        (one.ZerosPerMillion / 10_000.0).ToString(
            "0.#",
            System.Globalization.CultureInfo.InvariantCulture
        );
}
