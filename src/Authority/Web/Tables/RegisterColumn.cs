using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Tables;

/// <summary>A law as a column of the register.</summary>
/// <param name="Adopted">The edition that applies.</param>
/// <param name="Headline">Its question, and what the column assumes where nobody states it.</param>
/// <param name="Place">Its place among the columns, from 0.</param>
public sealed record RegisterColumn(AdoptedRulebook Adopted, Headline Headline, int Place)
{
    /// <summary>As many as a row has room for.</summary>
    public const int Max = 32;

    /// <summary>The rulebook.</summary>
    public Rulebook Book => Adopted.Book;

    /// <summary>The id of the rulebook.</summary>
    public string Id => Book.Id;

    /// <summary>The first day on which it holds here, while that lies ahead.</summary>
    public DateOnly? Upcoming(Instant at)
    {
        var from =
            Adopted.AppliesFrom > Book.InForce.From ? Adopted.AppliesFrom : Book.InForce.From;
        return from > Book.Zone.DayOf(at) ? from : null;
    }

    /// <summary>
    /// Under what the column answers, in words: what it assumes, and from when the law holds.
    /// </summary>
    /// <param name="at">The moment.</param>
    /// <param name="isSentence">Whether it begins with a capital.</param>
    public Markup Assumes(Instant at, bool isSentence = false)
    {
        var from =
            Upcoming(at) is not { } day ? null
            : day == Book.InForce.From ? Plainly($"in force from {Times.Short(day)}")
            : Plainly($"applied here from {Times.Short(day)}");
        var words = new Markup();
        if (Headline.AssumeWords is { } assumed)
        {
            words.Add(Prose.Of(isSentence ? Prose.Capital(assumed) : assumed));
        }

        return from is null ? words
            : words.IsEmpty ? words.Text(isSentence ? Prose.Capital(from) : from)
            : words.Text(Say("; ")).Text(from);
    }

    /// <summary>
    /// The answer for a model by its facts and the column's assumptions; of a law that is not
    /// yet in force, what it will be.
    /// </summary>
    public StateKind Answer(FactSheet facts, Instant at)
    {
        var headline = Evaluation.Headline(
            Book,
            facts.AssumeFor(Headline),
            at,
            Adopted.AppliesFrom
        );
        return (headline.Upcoming is null ? headline.Answer : headline.OnceInForce) switch
        {
            Measures.Answer.Yes => StateKind.Yes,
            Measures.Answer.No => StateKind.No,
            _ => headline.NoFigure ? StateKind.NoFigure : StateKind.Undetermined,
        };
    }

    /// <summary>The columns of a world: every adopted rulebook that heads one.</summary>
    public static IReadOnlyList<RegisterColumn> Of(World world) =>
        [
            .. world
                .Network.Rulebooks.Select(one => one.Book.Id)
                .Distinct(StringComparer.Ordinal)
                .Select(id => world.Network.RulebookOn(id, world.At.Day))
                .Where(one => one?.Book.Headline is not null)
                .Take(Max)
                .Select((one, place) => new RegisterColumn(one!, one!.Book.Headline!, place)),
        ];
}
