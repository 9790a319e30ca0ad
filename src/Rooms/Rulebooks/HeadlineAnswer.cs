using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// A cell of the register: the answer to a rulebook's headline, without its reasons.
/// </summary>
/// <param name="Answer">The answer.</param>
/// <param name="OnceInForce">The answer by the facts, whatever day the law begins.</param>
/// <param name="NoFigure">Whether the number that decides has no bound at all.</param>
/// <param name="Upcoming">When the law begins to be in force.</param>
public sealed record HeadlineAnswer(
    Answer Answer,
    Answer OnceInForce,
    bool NoFigure,
    DateOnly? Upcoming
);
