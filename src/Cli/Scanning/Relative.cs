using Concord.Measures.Weights;
using Concord.Measures.Weights.Pairs;

namespace Concord.Cli.Scanning;

/// <summary>What a model and another say about each other.</summary>
/// <param name="Other">The other.</param>
/// <param name="Evidence">The agreement of units.</param>
/// <param name="Equal">What is equal; null: only fingerprints were at hand.</param>
/// <param name="Suggestion">The relation that is suggested; null: none.</param>
internal sealed record Relative(
    Reference Other,
    PairEvidence Evidence,
    EqualTensors? Equal,
    RelationSuggestion? Suggestion
)
{
    /// <summary>Whether they were not trained independently.</summary>
    public bool IsRelated => RelationSuggestion.AreRelated(Evidence, Equal, Odds.Entries);

    /// <summary>Compares a model, by its digests and fingerprint, with another.</summary>
    public static Relative Of(Reference model, Reference other)
    {
        var evidence = PairTest.Compare(model.Fingerprint, other.Fingerprint);
        var equal =
            model.Reading is { } ours && other.Reading is { } theirs
                ? EqualTensors.ByDigest(ours, theirs)
                : null;
        return new(
            other,
            evidence,
            equal,
            RelationSuggestion.Of(
                model.Fingerprint,
                other.Fingerprint,
                evidence,
                equal,
                Odds.Entries
            )
        );
    }

    /// <summary>The nearest of some; null: none of them is related.</summary>
    public static Relative? Nearest(IEnumerable<Relative> relatives) =>
        relatives
            .Where(relative => relative.IsRelated)
            .OrderByDescending(relative => relative.Evidence.SameWeights)
            .ThenByDescending(relative => relative.Equal?.Share ?? 0)
            .ThenBy(relative => relative.Evidence.Log10P)
            .FirstOrDefault();
}
