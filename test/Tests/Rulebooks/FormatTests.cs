using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Rooms.Rulebooks;
using CsCheck;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>The format is read strictly: every fault has a path and a rule.</summary>
public sealed class FormatTests
{
    public static TheoryData<string> Ids() => [.. Books.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rulebook_of_the_repository_is_read(string id)
    {
        var book = Books.Read(id);

        Assert.Equal(id, book.Id);
        Assert.True(Books.Bytes(id).Length <= 56 * 1024, "must fit into an act with its frame");
        Assert.All(book.Duties, duty => Assert.NotEmpty(duty.Cite));
        Assert.All(book.Sources.Values, source => Assert.True(source.AsOf > default(DateOnly)));
    }

    [Fact]
    public void The_seven_laws_and_the_readings_are_there() =>
        Assert.Equal(
            [
                "california-sb53",
                "china-genai",
                "concord-default",
                "concord-readings",
                "eu-ai-act",
                "illinois-aisma",
                "korea-ai-basic",
                "new-york-raise",
            ],
            Books.Ids
        );

    [Theory]
    [InlineData("$.duties[0].condition", """{"gt":["revenue[2025]","5 EUR"]}""", "[1]", "USD")]
    [InlineData("$.duties[0].condition", """{"gt":["revenue[2025]","5"]}""", "[1]", "unit")]
    [InlineData("$.duties[0].condition", """{"gt":["revenue[2025]",5]}""", "[1]", "text")]
    [InlineData("$.duties[0].condition", """{"gt":["magic","5 USD"]}""", "[0]", "vocabulary")]
    [InlineData("$.duties[0].condition", """{"near":["revenue[2025]","5 USD"]}""", "", "operator")]
    [InlineData("$.duties[0].condition", """{"gt":["monetised","5 USD"]}""", "[0]", "number")]
    [InlineData("$.duties[0].condition", """{"eq":["monetised","yes"]}""", "[1]", "truth")]
    [InlineData("$.duties[0].condition", """{"in":["market[EU]",["sold"]]}""", "[1]", "sold")]
    [InlineData(
        "$.duties[0].condition",
        """{"contains":["modality.out","smell"]}""",
        "[1]",
        "smell"
    )]
    [InlineData("$.duties[0].condition", """{"all":[]}""", ".all", "at least one")]
    [InlineData("$.duties[0].condition", """{"all":[{}],"any":[{}]}""", "", "one operator")]
    [InlineData("$.duties[0].condition", """{"defined":"nothing"}""", ".defined", "lacks")]
    [InlineData("$.duties[0].condition", """{"decided":"monetised"}""", ".decided", "authority")]
    [InlineData(
        "$.duties[0].condition",
        """{"gt":["own_flop[xx].so_far","1e25 FLOP"]}""",
        "[0]",
        "lacks"
    )]
    [InlineData(
        "$.duties[0].condition",
        """{"share_gt":["mod_flop[eu.updates]","revenue[2025]",[1,3]]}""",
        "",
        "FLOP with USD"
    )]
    [InlineData("$.duties[0].clock", """{"n":3,"unit":"moon","from":"deployed_on"}""", ".unit", "")]
    [InlineData("$.duties[0].clock", """{"n":3,"unit":"day","from":"monetised"}""", ".from", "")]
    [InlineData(
        "$.duties[0].clock",
        """{"n":3,"unit":"working_day","from":"deployed_on"}""",
        ".calendar",
        "working days"
    )]
    [InlineData(
        "$.duties[0].clock",
        """{"n":3,"unit":"day","from":"deployed_on","calendar":"Mars"}""",
        ".calendar",
        "Mars"
    )]
    [InlineData("$.duties[0].cite", """[["bible","1"]]""", "[0]", "sources")]
    [InlineData("$.duties[0].cite", "[]", "", "at least one")]
    [InlineData("$.duties[0].on_undetermined", "\"shrug\"", "", "ask")]
    [InlineData("$.duties[0].colour", "\"red\"", "", "member")]
    [InlineData("$.in_force", """{"from":"2026-02-30"}""", ".from", "day")]
    [InlineData("$.in_force", """{"from":"2026-02-03","to":"2026-01-01"}""", ".to", "before")]
    [InlineData("$.headline.definition", "\"nothing\"", "", "definition")]
    [InlineData("$.format", "\"concord-rulebook/9\"", "", "concord-rulebook/1")]
    [InlineData("$.zone", "\"Mars/Olympus\"", "", "lacks")]
    public void What_the_format_does_not_know_is_refused_with_its_path(
        string path,
        string value,
        string below,
        string rule
    )
    {
        var json = JsonNode.Parse(Books.Bytes("eu-ai-act"))!;
        Set(json, path, JsonNode.Parse(value));

        var read = Rulebook.TryParse(Encoding.UTF8.GetBytes(json.ToJsonString()), out _, out var f);

        Assert.False(read);
        Assert.Contains(
            f,
            fault =>
                fault.Path.StartsWith(path, StringComparison.Ordinal)
                && fault.Path.EndsWith(below, StringComparison.Ordinal)
                && fault.Rule.Contains(rule, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_term_that_is_defined_by_itself_is_refused()
    {
        var json = JsonNode.Parse(Books.Bytes("china-genai"))!;
        json["definitions"]!["attributes"]!["condition"] = JsonNode.Parse(
            """{"any":[{"defined":"must_file"},{"decided":"decision[x]"}]}"""
        );

        Assert.False(
            Rulebook.TryParse(Encoding.UTF8.GetBytes(json.ToJsonString()), out _, out var faults)
        );
        Assert.Contains(faults, f => f.Rule.Contains("by itself", StringComparison.Ordinal));
    }

    [Fact]
    public void Terms_that_double_without_end_are_refused()
    {
        var json = JsonNode.Parse(Books.Bytes("china-genai"))!;
        var terms = json["definitions"]!.AsObject();
        for (var i = 0; i < 30; i++)
        {
            var next = i == 29 ? "attributes" : $"d{i + 1}";
            terms[$"d{i}"] = JsonNode.Parse(
                """{"title":"t","cite":[["concord","x"]],"condition":{"all":[A,A]}}""".Replace(
                    "A",
                    $$"""{"defined":"{{next}}"}""",
                    StringComparison.Ordinal
                )
            );
        }

        Assert.False(
            Rulebook.TryParse(Encoding.UTF8.GetBytes(json.ToJsonString()), out _, out var faults)
        );
        Assert.Contains(faults, f => f.Rule.Contains("nodes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_repeated_member_and_a_rulebook_too_long_are_refused()
    {
        Assert.False(Rulebook.TryParse("""{"id":"a","id":"b"}"""u8.ToArray(), out _, out _));
        Assert.False(Rulebook.TryParse(new byte[Rulebook.MaxBytes + 1], out _, out var faults));
        Assert.Equal("$", faults[0].Path);
    }

    [Fact]
    public void Text_that_is_no_Unicode_is_refused_with_its_path()
    {
        var json = """{"format":"concord-rulebook/1","title":"\ud800"}"""u8.ToArray();

        Assert.False(Rulebook.TryParse(json, out _, out var faults));
        Assert.Equal("$.title", Assert.Single(faults).Path);
    }

    [Fact]
    public void No_bytes_make_the_reader_throw()
    {
        var books = Books.Ids.Select(Books.Bytes).ToList();
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var bytes = (byte[])books[random.Next(books.Count)].Clone();
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
                }

                if (!Rulebook.TryParse(bytes, out _, out var faults))
                {
                    Assert.NotEmpty(faults);
                }
            },
            iter: 300
        );
    }

    private static void Set(JsonNode root, string path, JsonNode? value)
    {
        var steps = path[2..].Split('.');
        var node = root;
        foreach (var step in steps[..^1])
        {
            var open = step.IndexOf('[', StringComparison.Ordinal);
            node = open < 0 ? node[step]! : node[step[..open]]![int.Parse(step[(open + 1)..^1])]!;
        }

        node[steps[^1]] = value;
    }
}
