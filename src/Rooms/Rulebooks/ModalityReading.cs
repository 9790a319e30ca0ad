namespace Concord.Rooms.Rulebooks;

/// <summary>What a model of a domain puts out.</summary>
/// <param name="Word">The word of domain as the source writes it.</param>
/// <param name="Out">Modalities that it certainly puts out.</param>
/// <param name="Maybe">Modalities that it may put out besides.</param>
/// <param name="FromText">Modalities that it makes from text.</param>
/// <param name="IsNarrow">Whether the domain alone makes its task narrow.</param>
/// <param name="AssumedBy">Who assumes it.</param>
public sealed record ModalityReading(
    string Word,
    IReadOnlyList<string> Out,
    IReadOnlyList<string> Maybe,
    IReadOnlyList<string> FromText,
    bool IsNarrow,
    string AssumedBy
);
