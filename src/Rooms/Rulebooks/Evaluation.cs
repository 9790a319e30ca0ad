using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// What a rulebook says of a subject at a moment. Pure: the same facts at the same moment always
/// give the same answer.
/// </summary>
public static class Evaluation
{
    /// <summary>The full answer: headline, duties, reasons, and what would settle it.</summary>
    /// <param name="book">The rulebook.</param>
    /// <param name="facts">What is stated about the subject.</param>
    /// <param name="at">The moment of judgement.</param>
    /// <param name="appliesFrom">From which day this authority applies the rulebook.</param>
    /// <param name="outages">The authority's outages, in the order of time.</param>
    public static RulebookAnswer Of(
        Rulebook book,
        FactSheet facts,
        Instant at,
        DateOnly? appliesFrom = null,
        IReadOnlyList<OutageRecord>? outages = null
    )
    {
        var court = new Court(book, facts, at, appliesFrom, outages);
        var headline = court.Headline();
        return new(book, at, headline.Answer, headline.OnceInForce)
        {
            NoFigure = headline.NoFigure,
            Upcoming = headline.Upcoming,
            Assumed = [.. facts.Assumed],
            Explanation = court.ExplainHeadline(),
            Settles = court.SettleHeadline(),
            Duties = [.. book.Duties.Select(court.Judge)],
        };
    }

    /// <summary>Only the headline, without reasons: for columns of long lists.</summary>
    public static HeadlineAnswer Headline(
        Rulebook book,
        FactSheet facts,
        Instant at,
        DateOnly? appliesFrom = null
    ) => new Court(book, facts, at, appliesFrom).Headline();

    /// <summary>
    /// What would settle an undetermined headline, whatever day the law begins, without judging a
    /// duty; nothing for any other answer.
    /// </summary>
    public static IReadOnlyList<Settling> Settles(Rulebook book, FactSheet facts, Instant at) =>
        new Court(book, facts, at, null).SettleOnceInForce();

    /// <summary>
    /// Whether a definition of the rulebook applies, for facts about derivatives.
    /// </summary>
    public static Answer Definition(Rulebook book, string id, FactSheet facts, Instant at) =>
        new Court(book, facts, at, null).Judge(new Condition.Defined(id));

    /// <summary>What is known of a number under a counting profile of the rulebook.</summary>
    public static FactReading Read(Rulebook book, string fact, FactSheet facts, Instant at) =>
        new FactLookup(book, facts, at).Read(fact);
}
