namespace Concord.Rooms.Rulebooks;

/// <summary>
/// How the authority reads public sources: factors of uncertainty for their words of confidence,
/// and
/// modalities for their words of domain. Adopted like law, and shown as <em>the authority's
/// reading</em>.
/// </summary>
/// <param name="Confidence">Factors by word, folded to lower case; the empty word is any
/// other.</param>
/// <param name="Modality">Modalities by word of domain, folded to lower case.</param>
public sealed record Readings(
    IReadOnlyDictionary<string, ConfidenceFactor> Confidence,
    IReadOnlyDictionary<string, ModalityReading> Modality
)
{
    /// <summary>The factor of a word; of any other word or none the last row.</summary>
    public ConfidenceFactor FactorOf(string? word) =>
        word is not null && Confidence.TryGetValue(word.Trim().ToLowerInvariant(), out var factor)
            ? factor
            : Confidence[""];
}
