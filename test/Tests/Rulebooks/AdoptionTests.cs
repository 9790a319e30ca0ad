using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>
/// Law enters by an act, changes answers from its day on, and leaves those of the past alone.
/// </summary>
public sealed class AdoptionTests
{
    private static readonly JsonSerializerOptions s_deep = new() { MaxDepth = 128 };

    [Fact]
    public void A_new_edition_changes_answers_from_its_day_on()
    {
        var (given, model) = Registered();
        var before = given.World;
        Adopt(given, Stricter("1e27 FLOP"), given.Now.Day.AddDays(7));
        var adopted = given.World;
        for (var i = 0; i < 8 * 48; i++)
        {
            given.Tick(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(Answer.Yes, Answered(before, model));
        Assert.Equal(Answer.Yes, Answered(adopted, model));
        Assert.Equal(Answer.No, Answered(given.World, model));
        // What was answered then is answered so still.
        Assert.Equal(Answer.Yes, Answered(before, model));
    }

    [Fact]
    public void An_edition_applies_from_a_later_day_than_the_last()
    {
        var (given, _) = Registered();

        var refusal = Refused(given, Stricter("1e27 FLOP"));

        Assert.Equal("rulebook-overlap", refusal.Code);
        Assert.Equal("$.applies_from", refusal.Where);
    }

    [Theory]
    [InlineData("""{"magic": true}""", "$.rulebook.definitions.t0.condition", "operator")]
    [InlineData("""{"eq": ["colour", true]}""", "$.rulebook.definitions.t0.condition.eq[0]", "")]
    [InlineData("""{"defined": "t0"}""", "$.rulebook.definitions.t0", "by itself")]
    [InlineData("""{"defined": "t9"}""", "$.rulebook.definitions.t0.condition.defined", "lacks")]
    public void What_the_format_does_not_know_is_refused_with_path_and_rule(
        string condition,
        string path,
        string rule
    )
    {
        var given = Given.Open();
        var book = Default();
        book["definitions"]!["t0"]!["condition"] = JsonNode.Parse(condition);

        var refusal = Refused(given, book);

        Assert.Equal("rulebook-fault", refusal.Code);
        Assert.StartsWith(path, refusal.Where, StringComparison.Ordinal);
        Assert.Contains(rule, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rulebook_nested_too_deep_is_no_act()
    {
        var given = Given.Open();
        var book = Default();
        book["definitions"]!["t0"]!["condition"] = JsonNode.Parse(
            string.Concat(Enumerable.Repeat("""{"not":""", 40))
                + """{"eq":["monetised",true]}"""
                + new string('}', 40)
        );

        Assert.ThrowsAny<Exception>(() => given.Sign("officer-a-1", Act(given, book)));
        Assert.False(
            Rulebook.TryParse(
                System.Text.Encoding.UTF8.GetBytes(book.ToJsonString(new() { MaxDepth = 128 })),
                out _,
                out var faults
            )
        );
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Law_binds_since_its_own_days_and_a_recommendation_since_its_adoption()
    {
        var facts = Books.Facts(
            ("flop[any].so_far", "3e26"),
            ("modality.out", "text"),
            ("model_class.foundation", "yes"),
            ("released_weights", "yes")
        );
        var at = Books.At("2026-11-24T02:00:00Z");
        var today = new DateOnly(2026, 11, 24);

        // In California it is still the day before; the law has been in force since January.
        var state = Evaluation.Of(Books.Read("california-sb53"), facts, at, today);
        Assert.Equal(Answer.Yes, state.Answer);
        Assert.Null(state.Upcoming);
        var report = Duty(state, "transparency-report");
        Assert.Equal(Answer.Yes, report.Answer);

        var ours = Evaluation.Of(Books.Read("concord-default"), facts, at, today);
        Assert.Equal("2026-11-24", Duty(ours, "register-release").Since.ToString());
        Assert.Equal(
            Answer.No,
            Evaluation.Of(Books.Read("concord-default"), facts, at, today.AddDays(1)).Answer
        );
    }

    private static DutyAnswer Duty(RulebookAnswer answer, string id) =>
        answer.Duties.Single(d => string.Equals(d.Duty.Id, id, StringComparison.Ordinal));

    private static (Given Given, ModelId Model) Registered()
    {
        var given = Given.Parties();
        given.Adopt("concord-default");
        return (given, given.Register("aurora"));
    }

    private static Answer Answered(World world, ModelId model)
    {
        var adopted = world.Network.RulebookOn("concord-default", world.At.Day)!;
        return Evaluation
            .Headline(
                adopted.Book,
                FactSheets.Of(world, model, Audience.Public),
                world.At,
                adopted.AppliesFrom
            )
            .Answer;
    }

    private static JsonNode Default() => JsonNode.Parse(Books.Bytes("concord-default"))!;

    private static JsonNode Stricter(string threshold)
    {
        var book = Default();
        book["edition"] = "2027-01-01";
        book["definitions"]!["t1_own"]!["condition"]!["any"]![0]!["gt"]![1] = threshold;
        return book;
    }

    private static AdoptRulebook Act(Given given, JsonNode book, DateOnly? from = null) =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            AppliesFrom = from ?? given.Now.Day,
            Rulebook = JsonSerializer.SerializeToElement(book, s_deep),
        };

    private static void Adopt(Given given, JsonNode book, DateOnly from) =>
        given.FileJointly("officer-a-1", "officer-b-1", Act(given, book, from));

    private static Refusal Refused(Given given, JsonNode book) =>
        given.Refusal("officer-a-1", Act(given, book));
}
