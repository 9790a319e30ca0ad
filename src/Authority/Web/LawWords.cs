using Concord.Authority.Web.Languages;
using Concord.Measures;
using Concord.Rooms.Network;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Web;

/// <summary>A rulebook in the words of its page.</summary>
public static class LawWords
{
    /// <summary>Whether a law is in force here at a time, in its own zone.</summary>
    public static bool IsInForce(AdoptedRulebook adopted, Instant at)
    {
        ArgumentNullException.ThrowIfNull(adopted);
        var day = adopted.Book.Zone.DayOf(at);
        return adopted.AppliesFrom <= day
            && adopted.Book.InForce.Holds(day)
            && SuspensionOf(adopted.Book, day) is null;
    }

    /// <summary>The label of its state.</summary>
    public static Markup State(AdoptedRulebook adopted, Instant at)
    {
        ArgumentNullException.ThrowIfNull(adopted);
        var book = adopted.Book;
        var day = book.Zone.DayOf(at);
        var begins =
            adopted.AppliesFrom > book.InForce.From ? adopted.AppliesFrom : book.InForce.From;
        return SuspensionOf(book, day) is not null
                ? StateLabel.Of(
                    StateKind.Suspended,
                    Speech.Say("Suspended by a court or later statute")
                )
            : day < begins
                ? StateLabel.Of(
                    StateKind.NoFigure,
                    begins == book.InForce.From
                        ? Speech.Plainly($"Not in force before {Times.Long(begins)}")
                        : Speech.Plainly($"Applied here from {Times.Long(begins)}")
                )
            : book.InForce.To is { } last && day > last
                ? StateLabel.Of(StateKind.No, Speech.Plainly($"Ended on {Times.Long(last)}"))
            : StateLabel.Of(StateKind.Registered, Speech.Say("In force"));
    }

    /// <summary>What suspends it on a day; null: nothing.</summary>
    public static Suspension? SuspensionOf(Rulebook book, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(book);
        return book.SuspendedBy.FirstOrDefault(one => one.During.Holds(day));
    }

    /// <summary>How a text of law was read, in words.</summary>
    public static string Say(Certainty certainty) =>
        certainty switch
        {
            Certainty.Primary => Speech.Say("The official text was read"),
            Certainty.NearPrimary => Speech.Say("A transcript of the official text was read"),
            Certainty.Secondary => Speech.Say("Read about in secondary sources only"),
            Certainty.Memory => Speech.Say("Written from memory, not read again"),
            _ => Speech.Say("A choice of the authors"),
        };

    /// <summary>Whether an item of compute counts, in words.</summary>
    public static string Say(CountingProfile.Counts counts) =>
        counts switch
        {
            CountingProfile.Counts.Yes => Speech.Say("Counts"),
            CountingProfile.Counts.No => Speech.Say("Does not count"),
            _ => Speech.Say("The text does not say"),
        };

    /// <summary>By when, in words.</summary>
    public static string Say(Deadline? deadline) =>
        deadline switch
        {
            Deadline.By { At: TimeExpression.After after } => $"Within {Period(after)}",
            Deadline.By by => $"Not later than {Say(by.At)}",
            Deadline.Before before => $"Before {before.Says}",
            Deadline.Every every =>
                $"Every {Explanations.Count(every.Count, every.Unit)}, counted from "
                    + Say(every.From),
            Deadline.FirstOf first =>
                $"Whichever is first: {string.Join("; ", first.Of.Select(Inner))}",
            Deadline.Open open => $"{Prose.Capital(open.Says)}: the text gives no number of days",
            Deadline.Continuous all => Prose.Capital(all.Says),
            _ => "The text gives no time",
        };

    /// <summary>A moment in words.</summary>
    public static string Say(TimeExpression time) =>
        time switch
        {
            TimeExpression.Fixed at => Explanations.Day(at.At),
            TimeExpression.OfFact fact => $"‘{Explanations.Name(fact.Name)}’",
            TimeExpression.FirstOf first =>
                $"the first of {string.Join(", ", first.Of.Select(Say))}",
            TimeExpression.LaterOf later =>
                $"the latest of {string.Join(", ", later.Of.Select(Say))}",
            TimeExpression.After after => Period(after),
            _ => "a moment",
        };

    /// <summary>What follows while the facts do not decide.</summary>
    public static string Say(OnUndetermined consequence) => Explanations.Say(consequence);

    private static string Inner(Deadline deadline)
    {
        var says = Say(deadline);
        return $"{char.ToLowerInvariant(says[0])}{says[1..]}";
    }

    private static string Period(TimeExpression.After after)
    {
        var count =
            after.Count == 1
                ? $"1 {Explanations.Count(1, after.Unit)}"
                : Explanations.Count(after.Count, after.Unit);
        return $"{count} of {Say(after.From)}";
    }
}
