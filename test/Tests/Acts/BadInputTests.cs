using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Acts;
using Xunit;

namespace Concord.Tests.Acts;

/// <summary>
/// Every member of every act type, at every depth, bent in every way: one problem that names the
/// place and the rule, never an exception, never an act. Whether a member may be left out is asked
/// of the published schema, so that schema and reader hold each other.
/// </summary>
public sealed class BadInputTests
{
    private static readonly HashSet<string> s_lengthRules = new(StringComparer.Ordinal)
    {
        "too-long",
        "unknown-word",
        "unknown-act",
        "unknown-country",
        "malformed-date",
        "malformed-digest",
        "malformed-flop",
        "malformed-id",
        "malformed-instant",
        "malformed-key-id",
        "malformed-number",
    };

    public static TheoryData<string> Names => [.. ActTable.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_required_member_that_is_missing_is_named(string name) =>
        ForEachMember(
            name,
            (place, text) =>
            {
                var fault = FaultOf(text.Without(place));
                if (place.IsRequired)
                {
                    Assert.Equal(("missing-member", place.Path), (fault?.Rule, fault?.Path));
                }
                else
                {
                    Assert.NotEqual("missing-member", fault?.Rule);
                }
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_member_that_nobody_knows_is_named(string name) =>
        ForEachMember(
            name,
            (place, text) =>
            {
                var fault = FaultOf(text.With(place, "\"zzz\":1,", before: true));
                Assert.Equal(
                    ("unknown-member", Parent(place.Path) + ".zzz"),
                    (fault?.Rule, fault?.Path)
                );
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_member_that_stands_twice_is_named(string name) =>
        ForEachMember(
            name,
            (place, text) =>
            {
                var fault = FaultOf(text.Twice(place));
                Assert.Equal(("duplicate-member", place.Path), (fault?.Rule, fault?.Path));
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_member_of_another_type_is_named(string name) =>
        ForEachMember(
            name,
            (place, text) =>
            {
                foreach (var other in Others(place))
                {
                    var fault = FaultOf(text.Replaced(place, other));
                    Assert.Equal(place.Path, fault?.Path);
                    Assert.Equal(other is "null" ? "null-member" : "wrong-type", fault?.Rule);
                }
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_that_is_too_long_is_named(string name) =>
        ForEachText(
            name,
            (place, text) =>
            {
                var fault = FaultOf(text.Replaced(place, $"\"{new string('7', 40_000)}\""));
                Assert.Equal(place.Path, fault?.Path);
                Assert.Contains(fault!.Rule, s_lengthRules);
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_that_is_not_normalised_is_named(string name) =>
        ForEachText(
            name,
            (place, text) =>
            {
                var fault = FaultOf(text.Replaced(place, "\"e\u0301\""));
                Assert.Equal(place.Path, fault?.Path);
                Assert.True(
                    fault?.Rule is "not-normalised" or "too-short"
                        || s_lengthRules.Contains(fault!.Rule),
                    fault?.ToString()
                );
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_with_half_a_character_or_a_control_character_is_named(string name) =>
        ForEachText(
            name,
            (place, text) =>
            {
                Assert.Equal(place.Path, FaultOf(text.Replaced(place, "\"\\u0007\""))?.Path);
                Assert.Equal(place.Path, FaultOf(text.Replaced(place, "\"\""))?.Path);
                var half = FaultOf(text.Replaced(place, "\"\\ud800\""));
                Assert.Equal(place.Path, half?.Path);
                Assert.True(
                    half?.Rule is "lone-surrogate" or "unknown-word" or "unknown-act",
                    half?.ToString()
                );
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_number_out_of_bounds_or_with_a_fraction_is_named(string name) =>
        ForEachMember(
            name,
            (place, text) =>
            {
                if (place.Value.GetValueKind() != JsonValueKind.Number)
                {
                    return;
                }

                foreach (var number in (string[])["-1", "99999999999999999999", "1e3", "1.0"])
                {
                    var fault = FaultOf(text.Replaced(place, number));
                    Assert.Equal(place.Path, fault?.Path);
                    Assert.True(fault?.Rule is "out-of-range" or "not-an-integer", number);
                }
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_list_that_is_too_long_is_named(string name) =>
        ForEachMember(
            name,
            (place, text) =>
            {
                if (place.Value is not JsonArray { Count: > 0 } array)
                {
                    return;
                }

                var item = array[0]!.ToJsonString();
                var many = string.Join(',', Enumerable.Repeat(item, 5000));
                var fault = FaultOf(text.Replaced(place, $"[{many}]"));
                Assert.StartsWith(place.Path, fault?.Path, StringComparison.Ordinal);
                Assert.True(fault?.Rule is "too-many-items" or "repeated-item", fault?.ToString());
            }
        );

    [Theory]
    [InlineData("", "not-json")]
    [InlineData("null", "not-an-object")]
    [InlineData("[]", "not-an-object")]
    [InlineData("{}", "missing-member")]
    [InlineData("{\"act\":1}", "wrong-type")]
    [InlineData("{\"act\":\"network/tick/2\"}", "unknown-act")]
    [InlineData("\uFEFF{}", "byte-order-mark")]
    [InlineData("{\"act\":\"network/tick/1\",\"time\":\"2026-03-01T12:00:00Z\",}", "not-json")]
    [InlineData("{/**/\"act\":\"network/tick/1\",\"time\":\"2026-03-01T12:00:00Z\"}", "comment")]
    [InlineData(
        "{\"act\":\"network/tick/1\",\"time\":\"2026-03-01T12:00:00Z\"} 1",
        "trailing-bytes"
    )]
    [InlineData(
        "{\"act\":\"network/tick/1\",\"time\":\"2026-03-01T13:00:00+01:00\"}",
        "malformed-instant"
    )]
    [InlineData(
        "{\"act\":\"network/tick/1\",\"time\":\"2026-03-01T12:00:00.000Z\"}",
        "malformed-instant"
    )]
    [InlineData("{\"Act\":\"network/tick/1\",\"time\":\"2026-03-01T12:00:00Z\"}", "missing-member")]
    public void Bytes_that_are_no_act_at_all_are_told_apart(string text, string rule) =>
        Assert.Equal(rule, FaultOf(text)?.Rule);

    [Fact]
    public void Nesting_is_at_most_32_deep()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 40));

        Assert.Equal(
            "too-deep",
            FaultOf($$"""{"act":"network/adopt-rulebook/1","rulebook":{"x":{{deep}}""")?.Rule
        );
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        Assert.False(ActJson.TryParse(new byte[] { 0x7B, 0xFF, 0x7D }, out _, out var fault));
        Assert.Equal("not-utf-8", fault.Rule);
    }

    private static void ForEachText(string name, Action<JsonPlace, ActText> check) =>
        ForEachMember(
            name,
            (place, text) =>
            {
                if (place.Value.GetValueKind() == JsonValueKind.String && !place.IsUnion)
                {
                    check(place, text);
                }
            }
        );

    private static void ForEachMember(string name, Action<JsonPlace, ActText> check)
    {
        var type = ActTable.Find(name)!;
        var text = new ActText(ActJson.Write(ExampleActs.All[name]));
        var schema = JsonNode.Parse(ActSchema.Of(type))!;
        var places = JsonPlace.Of(JsonNode.Parse(text.Json)!, schema).ToList();
        Assert.NotEmpty(places);
        foreach (var place in places)
        {
            check(place, text);
        }
    }

    private static IEnumerable<string> Others(JsonPlace place)
    {
        yield return "null";
        if (place.IsUnion)
        {
            yield return "1";
            yield break;
        }

        var kind = place.Value.GetValueKind();
        foreach (var (other, text) in s_kinds)
        {
            var isTruth = kind is JsonValueKind.True or JsonValueKind.False;
            if (other != kind && !(isTruth && other == JsonValueKind.True))
            {
                yield return text;
            }
        }
    }

    private static readonly (JsonValueKind Kind, string Text)[] s_kinds =
    [
        (JsonValueKind.True, "true"),
        (JsonValueKind.Number, "1"),
        (JsonValueKind.String, "\"x\""),
        (JsonValueKind.Array, "[]"),
        (JsonValueKind.Object, "{\"x\":1}"),
    ];

    private static string Parent(string path) => path[..path.LastIndexOf('.')];

    private static ActFault? FaultOf(string json) =>
        ActJson.TryParse(System.Text.Encoding.UTF8.GetBytes(json), out _, out var fault)
            ? null
            : fault;
}
