using Concord.Acts;
using Concord.Authority.Web.Subjects;
using Concord.Rooms.Network;
using Concord.Rooms.Rulebooks;
using Concord.Tests.Rulebooks;
using Xunit;

namespace Concord.Tests.Web;

/// <summary>Two laws side by side say where they differ, and nowhere else.</summary>
public sealed class LawComparisonTests
{
    private static AdoptedRulebook Eu => Law("eu-ai-act");

    [Fact]
    public void A_law_beside_itself_differs_nowhere()
    {
        foreach (var law in RealModels.World.Network.Rulebooks)
        {
            var compared = new LawComparison(law, law);

            Assert.NotEmpty(compared.All);
            Assert.All(compared.All, row => Assert.Equal("Same", compared.Say(row)));
        }
    }

    [Fact]
    public void An_edition_with_one_duty_changed_differs_in_that_duty()
    {
        var duty = Eu.Book.Duties[0];
        var changed = Edition(book =>
            book with
            {
                Edition = "later",
                Duties = [duty with { Penalty = "a fine of one egg" }, .. book.Duties.Skip(1)],
            }
        );

        var compared = new LawComparison(Eu, changed);

        Assert.Equal(
            ["Edition", "A breach may cost"],
            compared.All.Where(row => !row.IsSame).Select(row => row.Name)
        );
        Assert.Equal("edition later", compared.Name(changed));
    }

    [Fact]
    public void A_duty_that_one_edition_lacks_is_only_in_the_other()
    {
        var shorter = Edition(book => book with { Duties = [.. book.Duties.Skip(1)] });

        var compared = new LawComparison(shorter, Eu);

        Assert.Equal(Eu.Book.Duties[0].Title, compared.Duties[^1].Title);
        Assert.All(
            compared.Duties[^1].Rows,
            row => Assert.StartsWith("Only ", compared.Say(row), StringComparison.Ordinal)
        );
        Assert.All(
            compared.Duties.SkipLast(1).SelectMany(part => part.Rows),
            row => Assert.True(row.IsSame)
        );
    }

    [Fact]
    public void A_day_that_moves_is_a_difference()
    {
        var later = Edition(book =>
            book with
            {
                InForce = book.InForce with { From = book.InForce.From.AddDays(1) },
            }
        );

        var differ = new LawComparison(Eu, later).All.Where(row => !row.IsSame).ToList();

        Assert.NotEmpty(differ);
        Assert.All(differ, row => Assert.Equal("In force", row.Name));
    }

    [Fact]
    public void What_two_laws_call_alike_stands_side_by_side_and_nothing_is_lost()
    {
        var other = Law("california-sb53");

        var compared = new LawComparison(Eu, other);

        var shared = Eu.Book.Duties.Count(duty => other.Book.FindDuty(duty.Id) is not null);
        Assert.Equal(
            Eu.Book.Duties.Count + other.Book.Duties.Count - shared,
            compared.Duties.Count
        );
        Assert.Contains(compared.All, row => !row.IsSame);
    }

    private static AdoptedRulebook Law(string id) =>
        RealModels.World.Network.RulebookOn(id, RealModels.World.At.Day)
        ?? RealModels.World.Network.Rulebooks.Last(one => one.Book.Id == id);

    private static AdoptedRulebook Edition(Func<Rulebook, Rulebook> change) =>
        Eu with
        {
            Book = change(Eu.Book),
        };
}
