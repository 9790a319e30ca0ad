using System.Text.Json.Nodes;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// What changes by itself, with the day or the hour alone, is a moment at which the log ticks.
/// </summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void The_end_of_a_key_is_a_deadline_until_a_tick_passes_it()
    {
        var given = Given.Parties();
        var before = given.World.NextDeadline;
        var end = given.Now + s_hour;
        var key = given.AddKey("aurora", "aurora/temporary", KeyRole.Filer, end);

        Assert.Equal(end, given.World.NextDeadline);
        Assert.True(Record(given, key).IsActive(given.Now));
        given.Tick(s_hour);
        Assert.False(Record(given, key).IsActive(given.Now));
        Assert.Equal(before, given.World.NextDeadline);
    }

    [Fact]
    public void A_key_of_a_new_party_and_a_role_until_a_time_end_by_a_tick_too()
    {
        var given = Given.Parties();
        var first = given.Now + s_hour;
        var admission = given.Admission("echo", "Echo Works", PartyRole.Developer);
        given.File(
            "registrar",
            admission with
            {
                Keys = [admission.Keys[0], Temporary(given, given.Now + (2 * s_hour))],
            }
        );
        Assert.Equal(given.Now + (2 * s_hour), given.World.NextDeadline);

        given.AddKey("aurora", "aurora/filer", KeyRole.Filer);
        given.File(
            "aurora",
            new GrantRole
            {
                Party = given.Party("aurora"),
                Key = given.Key("aurora/filer").Id,
                Role = KeyRole.Filer,
                Until = first,
            }
        );
        Assert.Equal(first, given.World.NextDeadline);
        given.Tick(s_hour);
        Assert.Equal(given.Now + s_hour, given.World.NextDeadline);
    }

    [Fact]
    public void The_first_day_on_which_an_authority_applies_a_rulebook_is_a_deadline()
    {
        var given = Given.Open();
        var day = given.Now.Day.AddDays(1);
        Adopt(given, day, book => book);

        // In Brussels the day begins before it does by the log's own days.
        Assert.Equal(Brussels(given, day), given.World.NextDeadline);
        Assert.Null(given.World.Network.RulebookOn("eu-ai-act", given.Now.Day));
        given.TickTo(day);
        Assert.NotNull(given.World.Network.RulebookOn("eu-ai-act", given.Now.Day));
    }

    [Fact]
    public void The_first_and_last_day_of_a_law_are_deadlines_where_the_law_runs()
    {
        var given = Given.Open();
        var day = given.Now.Day.AddDays(1);
        Adopt(
            given,
            given.Now.Day,
            book =>
            {
                book["in_force"] = new JsonObject
                {
                    ["from"] = $"{day:yyyy-MM-dd}",
                    ["to"] = $"{day:yyyy-MM-dd}",
                };
                return book;
            }
        );

        Assert.Equal(Brussels(given, day), given.World.NextDeadline);
        given.TickTo(day);
        Assert.Equal(Brussels(given, day.AddDays(1)), given.World.NextDeadline);
    }

    [Fact]
    public void A_law_without_end_has_no_deadline_at_the_end_of_the_calendar()
    {
        var given = Given.Open();
        Adopt(
            given,
            given.Now.Day,
            book =>
            {
                book["in_force"] = new JsonObject
                {
                    ["from"] = "0001-01-01",
                    ["to"] = "9999-12-31",
                };
                return book;
            }
        );

        Assert.Null(given.World.NextDeadline);
    }

    private static KeyRecord Record(Given given, string key) =>
        given.World.Network.Keys[given.Key(key).Id];

    private static PartyKey Temporary(Given given, Instant end) =>
        new()
        {
            Key = given.Key("echo/temporary"),
            Holder = "temporary",
            Role = KeyRole.Filer,
            Expires = end,
        };

    private static Instant Brussels(Given given, DateOnly day) =>
        given.World.Network.Rulebooks[^1].Book.Zone.StartOf(day);

    private static void Adopt(Given given, DateOnly from, Func<JsonObject, JsonObject> change) =>
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            new AdoptRulebook
            {
                Joint = given.Joint(JointKind.Institutions),
                AppliesFrom = from,
                Rulebook = Given.Json(
                    change(
                            JsonNode
                                .Parse(RulebookFiles.Element("eu-ai-act").GetRawText())!
                                .AsObject()
                        )
                        .ToJsonString()
                ),
            }
        );
}
