namespace Concord.Rooms.Rulebooks;

/// <summary>How a rulebook points at a moment.</summary>
public abstract record TimeExpression
{
    private TimeExpression() { }

    /// <summary>A moment that is a fact.</summary>
    /// <param name="Name">The fact.</param>
    public sealed record OfFact(string Name) : TimeExpression;

    /// <summary>A fixed day or instant.</summary>
    /// <param name="At">The moment.</param>
    public sealed record Fixed(Moment At) : TimeExpression;

    /// <summary>The first of those that are on record.</summary>
    /// <param name="Of">The moments.</param>
    public sealed record FirstOf(IReadOnlyList<TimeExpression> Of) : TimeExpression;

    /// <summary>The latest; undetermined while one of them is.</summary>
    /// <param name="Of">The moments.</param>
    public sealed record LaterOf(IReadOnlyList<TimeExpression> Of) : TimeExpression;

    /// <summary>A period after a moment.</summary>
    /// <param name="Count">How many units.</param>
    /// <param name="Unit">The unit.</param>
    /// <param name="From">What the period counts from; that day is not counted.</param>
    /// <param name="Calendar">The key of the calendar; null: none applies.</param>
    /// <param name="Zone">The key of the zone; null: the rulebook's.</param>
    /// <param name="Roll">Whether it rolls to a working day; null: as the calendar says.</param>
    public sealed record After(
        int Count,
        PeriodUnit Unit,
        TimeExpression From,
        string? Calendar,
        string? Zone,
        bool? Roll
    ) : TimeExpression;
}
