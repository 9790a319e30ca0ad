namespace Concord.Rooms.Rulebooks;

/// <summary>By when a duty is to be done.</summary>
public abstract record Deadline
{
    private Deadline() { }

    /// <summary>Not later than a moment.</summary>
    /// <param name="At">The moment.</param>
    public sealed record By(TimeExpression At) : Deadline;

    /// <summary>Earlier than, or together with, an event.</summary>
    /// <param name="Event">The moment of the event.</param>
    /// <param name="Says">The event in words.</param>
    public sealed record Before(TimeExpression Event, string Says) : Deadline;

    /// <summary>Again and again, counted from a moment.</summary>
    /// <param name="Count">How many units lie between two times.</param>
    /// <param name="Unit">The unit.</param>
    /// <param name="From">What the first period counts from.</param>
    public sealed record Every(int Count, PeriodUnit Unit, TimeExpression From) : Deadline;

    /// <summary>The earliest of several.</summary>
    /// <param name="Of">The deadlines.</param>
    public sealed record FirstOf(IReadOnlyList<Deadline> Of) : Deadline;

    /// <summary>
    /// No number of days: the text says <em>without undue delay</em> or the like.
    /// </summary>
    /// <param name="Says">The text's word, in ours.</param>
    public sealed record Open(string Says) : Deadline;

    /// <summary>All the time while the duty stands.</summary>
    /// <param name="Says">What that means.</param>
    public sealed record Continuous(string Says) : Deadline;
}
