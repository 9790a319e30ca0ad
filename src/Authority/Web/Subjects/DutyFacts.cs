using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Subjects;

/// <summary>A duty of a law as rows: whose, when, by when, except whom.</summary>
/// <param name="book">The rulebook.</param>
/// <param name="page">The page that has its definitions; empty: the one that is shown.</param>
public sealed class DutyFacts(Rulebook book, string page = "")
{
    /// <summary>The rows.</summary>
    public IEnumerable<Fact> Of(Duty duty)
    {
        yield return new(Say("Whose duty"), Prose.Of(Prose.Capital(duty.Who)));
        yield return new(Say("Applies when"), Tree(duty.Condition));
        if (duty.Trigger is { } trigger)
        {
            yield return new(Say("Begins with"), Tree(trigger));
        }

        yield return new(Say("By when"), Prose.Of(LawWords.Say(duty.Clock)))
        {
            Range =
                duty.OpenPart is { } open && duty.Clock is not Deadline.Open
                    ? Markup.Of($"And {open}.")
                    : null,
        };
        foreach (var exempt in duty.Exempt)
        {
            yield return new(Say("Exempt"), Prose.Of(Prose.Sentence(exempt.Says)))
            {
                Range = Markup.Of($"{book.Cite(exempt.Cite)}. It counts only when shown."),
            };
        }

        foreach (var later in duty.NotBefore)
        {
            yield return new(Say("Later for some"), Deferral(later))
            {
                Range = Markup.Words(book.Cite(later.Cite)),
            };
        }

        if (duty.Documents.Count > 0)
        {
            yield return new(Say("To be filed or kept"), Documents(duty));
        }

        yield return new(
            Say("While facts are missing"),
            Prose.Of(LawWords.Say(duty.OnUndetermined))
        );
        if (duty.Penalty is { } penalty)
        {
            yield return new(Say("A breach may cost"), Prose.Of(penalty));
        }

        if (duty.Note is { } note)
        {
            yield return new(Say("Note"), Prose.Of(note));
        }
    }

    /// <summary>A condition as a tree.</summary>
    public Markup Tree(Condition condition) => new ConditionTree(book, page).Of(condition);

    /// <summary>During which days something is in force, in words.</summary>
    public static string Since(Days days)
    {
        ArgumentNullException.ThrowIfNull(days);
        return days.To is { } last
            ? Plainly($"in force from {Times.Long(days.From)} to {Times.Long(last)}")
            : Plainly($"in force from {Times.Long(days.From)}");
    }

    private static Markup Documents(Duty duty) =>
        Prose.List([
            .. duty.Documents.Select(document =>
                new Markup().Leaf("span", document, ("class", "c-code"))
            ),
        ]);

    private Markup Deferral(Deferral later)
    {
        var until = LawWords.Say(later.Until);
        return later.When switch
        {
            null => Prose.Of($"Not before {until}"),
            { Says: { } says } => Prose.Of($"Not before {until}: {says}"),
            Condition.Leaf leaf => Prose.Of($"Not before {until}: {Explanations.Say(leaf)}"),
            { } some => new Markup().Add(Say($"Not before {until}:")).Add(Tree(some)),
        };
    }
}
