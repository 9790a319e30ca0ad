using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>What a rulebook says of one subject at one moment.</summary>
/// <param name="Book">The rulebook.</param>
/// <param name="At">The moment.</param>
/// <param name="Answer">The answer to its headline question.</param>
/// <param name="OnceInForce">The answer by the facts, whatever day the law begins.</param>
public sealed record RulebookAnswer(Rulebook Book, Instant At, Answer Answer, Answer OnceInForce)
{
    /// <summary>
    /// Whether the answer is undetermined and the number that decides has no bound at all. Pages
    /// call it <em>No figure</em>.
    /// </summary>
    public bool NoFigure { get; init; }

    /// <summary>When the law begins to be in force; null: it is, or it has ended.</summary>
    public DateOnly? Upcoming { get; init; }

    /// <summary>What was assumed, whether or not it decided anything.</summary>
    public IReadOnlyList<Stated> Assumed { get; init; } = [];

    /// <summary>The tree behind the headline; null for a book without one.</summary>
    public ExplanationNode? Explanation { get; init; }

    /// <summary>What would settle an undetermined headline.</summary>
    public IReadOnlyList<Settling> Settles { get; init; } = [];

    /// <summary>The duties, in the order of the law.</summary>
    public IReadOnlyList<DutyAnswer> Duties { get; init; } = [];
}
