using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>A datum, or a pair of them, that would settle an undetermined answer.</summary>
/// <param name="Facts">The facts to be known.</param>
/// <param name="Decides">Whether it settles the answer whatever its value.</param>
/// <param name="Words">What it would do, as a sentence.</param>
public sealed record Settling(IReadOnlyList<string> Facts, bool Decides, string Words)
{
    /// <summary>The answer if the condition on a single fact holds.</summary>
    public Answer IfSo { get; init; } = Answer.Undetermined;

    /// <summary>The answer if it does not.</summary>
    public Answer IfNot { get; init; } = Answer.Undetermined;
}
