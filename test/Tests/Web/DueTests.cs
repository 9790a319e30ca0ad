using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web.Deadlines;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using Xunit;

namespace Concord.Tests.Web;

/// <summary>What is due by a time that is public, and nothing that is not.</summary>
public sealed class DueTests
{
    [Fact]
    public void An_appeal_that_waits_too_long_is_overdue_and_what_is_overdue_comes_first()
    {
        var (given, tern) = Registered();
        var suspension = given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(tern));
        Assert.Contains(List(given), line => line.Kind is DueSort.Objection);
        var appeal = given.File("aurora", given.Appeal("aurora", suspension));
        var before = Assert.Single(List(given), line => line.Kind is DueSort.Appeal);
        Assert.False(before.IsOverdue(given.Now));
        Assert.DoesNotContain(List(given), line => line.Kind is DueSort.Objection);
        given.AddKey("aurora", "soon", KeyRole.Filer, given.Now + TimeSpan.FromDays(40));

        given.Wait(TimeSpan.FromDays(30));

        var list = List(given);
        var line = Assert.Single(list, one => one.Kind is DueSort.Appeal);
        Assert.True(line.IsOverdue(given.Now));
        Assert.Equal($"/acts/{new ActId(appeal)}", line.Href);
        var overdue = list.TakeWhile(one => one.IsOverdue(given.Now)).ToList();
        Assert.Contains(line, overdue);
        Assert.DoesNotContain(list.Skip(overdue.Count), one => one.IsOverdue(given.Now));
        Assert.True(list[overdue.Count].At > given.Now);
        given.FileJointly(
            "officer-c-1",
            "officer-a-2",
            given.Decision(appeal, AppealOutcome.Upheld)
        );
        Assert.DoesNotContain(List(given), one => one.Kind is DueSort.Appeal);
    }

    [Fact]
    public void A_certificate_and_a_key_are_due_until_they_end()
    {
        var (given, tern) = Registered();
        var certificate = given.Certificate(tern, TimeSpan.FromDays(3));
        given.FileJointly("officer-a-1", "officer-b-1", certificate);
        var end = given.Now + TimeSpan.FromDays(2);
        given.AddKey("aurora", "short", KeyRole.Filer, end);

        Assert.Equal(certificate.Until, Single(given, DueSort.Certificate).At);
        Assert.Contains("Tern 1", Single(given, DueSort.Certificate).What.Plain(), Ordinal);
        Assert.Equal(end, Single(given, DueSort.Key).At);
        given.Wait(TimeSpan.FromDays(4));
        Assert.DoesNotContain(List(given), line => line.Kind is DueSort.Certificate or DueSort.Key);
    }

    [Fact]
    public void A_question_to_a_party_and_its_time_are_no_part_of_it()
    {
        var (given, tern) = Registered();
        var before = Texts(given);

        given.File("registrar", given.Question(tern, "aurora"));
        Assert.Equal(before, Texts(given));
        given.Wait(TimeSpan.FromDays(3));

        Assert.DoesNotContain(List(given), line => line.Kind is DueSort.Appeal);
        Assert.DoesNotContain(Texts(given), text => text.Contains("question", Ordinal));
        Assert.Equal(
            before.Where(text => !text.Contains("sealed in the log", Ordinal)),
            Texts(given).Where(text => !text.Contains("sealed in the log", Ordinal))
        );
    }

    [Fact]
    public void The_days_of_a_law_are_those_of_its_text_in_its_own_zone()
    {
        var given = Given.Open();
        given.Adopt("illinois-aisma");

        var days = List(given).Where(line => line.Kind is DueSort.Law).ToList();

        var book = given.World.Network.Rulebooks[^1].Book;
        var first = Assert.Single(days, line => line.Day == new DateOnly(2027, 1, 1));
        Assert.Contains("the law comes into force", first.What.Plain(), Ordinal);
        Assert.Equal(book.Zone.StartOf(new DateOnly(2027, 1, 1)), first.At);
        var later = Assert.Single(days, line => line.Day == new DateOnly(2028, 1, 1));
        var count = book.Duties.Count(duty => duty.InForce?.From == new DateOnly(2028, 1, 1));
        Assert.Contains($"{count} duties begin", later.What.Plain(), Ordinal);
    }

    [Fact]
    public void Readers_of_two_languages_do_not_have_it_made_anew_for_each_other()
    {
        var given = Given.Parties();
        var due = new DueList();
        var english = due.Of(given.World);
        Language.Now = new(Language.French, Language.French);
        var french = due.Of(given.World);

        Assert.NotSame(english, french);
        Assert.Same(french, due.Of(given.World));
        Language.Now = Spoken.Usual;
        Assert.Same(english, due.Of(given.World));
        given.Tick(TimeSpan.FromMinutes(1));
        Assert.NotSame(english, due.Of(given.World));
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static (Given Given, SubjectId Tern) Registered()
    {
        var given = Given.Parties();
        return (given, SubjectId.Of(given.Register("aurora")));
    }

    private static IReadOnlyList<DueLine> List(Given given) => new DueList().Of(given.World);

    private static List<string> Texts(Given given) =>
        [.. List(given).Select(line => $"{line.At} {line.Href} {line.What.Plain()}")];

    private static DueLine Single(Given given, DueSort kind) =>
        Assert.Single(List(given), line => line.Kind == kind);
}
