using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
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

    public static TheoryData<string> Names => [.. ActDocument.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_document_that_the_rows_bend_has_every_member_of_its_schema(string name)
    {
        var document = ActDocument.Of(name);
        var fullest = JsonPlace.Of(JsonNode.Parse(document.Fullest.Json)!, document.Schema);

        Assert.Null(document.FaultOf(document.Example));
        Assert.Empty(Paths(document.Schema, "$").Except(fullest.Select(p => Plain(p.Path))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_required_member_that_is_missing_is_named(string name) =>
        ForEachMember(
            name,
            (place, text, faultOf) =>
            {
                var fault = faultOf(text.Without(place));
                if (place.IsRequired || IsSourceOfReportedFact(name, place))
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
            (place, text, faultOf) =>
            {
                var fault = faultOf(text.With(place, "\"zzz\":1,", before: true));
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
            (place, text, faultOf) =>
            {
                var fault = faultOf(text.Twice(place));
                Assert.Equal(("duplicate-member", place.Path), (fault?.Rule, fault?.Path));
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_member_of_another_type_is_named(string name) =>
        ForEachMember(
            name,
            (place, text, faultOf) =>
            {
                foreach (var other in Others(place))
                {
                    var fault = faultOf(text.Replaced(place, other));
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
            (place, text, faultOf) =>
            {
                var fault = faultOf(text.Replaced(place, $"\"{new string('7', 57_000)}\""));
                Assert.Equal(place.Path, fault?.Path);
                Assert.Contains(fault!.Rule, s_lengthRules);
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_that_is_not_normalised_is_named(string name) =>
        ForEachText(
            name,
            (place, text, faultOf) =>
            {
                var length = Math.Max((int?)place.Schema["minLength"] ?? 1, 2);
                var other = new string('e', length - 1) + "\u0301";
                var fault = faultOf(text.Replaced(place, $"\"{other}\""));
                Assert.Equal(place.Path, fault?.Path);
                Assert.True(
                    fault?.Rule is "not-normalised"
                        || (!place.IsPlainText && s_lengthRules.Contains(fault!.Rule)),
                    fault?.ToString()
                );
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_with_half_a_character_or_a_control_character_is_named(string name) =>
        ForEachText(
            name,
            (place, text, faultOf) =>
            {
                Assert.Equal(place.Path, faultOf(text.Replaced(place, "\"\\u0007\""))?.Path);
                Assert.Equal(place.Path, faultOf(text.Replaced(place, "\"\""))?.Path);
                var half = faultOf(text.Replaced(place, "\"\\ud800\""));
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
            (place, text, faultOf) =>
            {
                if (place.Value.GetValueKind() != JsonValueKind.Number)
                {
                    return;
                }

                foreach (var number in (string[])["-1", "99999999999999999999", "1e3", "1.0"])
                {
                    var fault = faultOf(text.Replaced(place, number));
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
            (place, text, faultOf) =>
            {
                if (place.Value is not JsonArray { Count: > 0 } array)
                {
                    return;
                }

                var item = array[0]!.ToJsonString();
                var many = string.Join(',', Enumerable.Repeat(item, 5000));
                var fault = faultOf(text.Replaced(place, $"[{many}]"));
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

    private static void ForEachText(
        string name,
        Action<JsonPlace, ActText, Func<string, ActFault?>> check
    ) =>
        ForEachMember(
            name,
            (place, text, faultOf) =>
            {
                if (place.Value.GetValueKind() == JsonValueKind.String && !place.IsUnion)
                {
                    check(place, text, faultOf);
                }
            }
        );

    private static void ForEachMember(
        string name,
        Action<JsonPlace, ActText, Func<string, ActFault?>> check
    )
    {
        var document = ActDocument.Of(name);
        var text = document.Fullest;
        foreach (var place in JsonPlace.Of(JsonNode.Parse(text.Json)!, document.Schema))
        {
            check(place, text, document.FaultOf);
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

    /// <summary>
    /// Facts are one record for developers, who need no source, and for reports, which do.
    /// </summary>
    private static bool IsSourceOfReportedFact(string name, JsonPlace place) =>
        name is "registry/report-model"
        && place.Path.StartsWith("$.facts[", StringComparison.Ordinal)
        && place.Path.EndsWith(".source", StringComparison.Ordinal);

    /// <summary>Every member that a schema knows, items of arrays as <c>[]</c>.</summary>
    private static IEnumerable<string> Paths(JsonObject schema, string path) =>
        schema["items"] is JsonObject items ? Paths(items, path + "[]")
        : schema["anyOf"] is JsonArray any ? any.SelectMany(one => Paths(one!.AsObject(), path))
        : (schema["properties"] as JsonObject ?? []).SelectMany(member =>
            Paths(member.Value!.AsObject(), $"{path}.{member.Key}").Prepend($"{path}.{member.Key}")
        );

    private static string Plain(string path) =>
        Regex.Replace(path, @"\[\d+\]", "[]", RegexOptions.NonBacktracking);

    private static string Parent(string path) => path[..path.LastIndexOf('.')];

    private static ActFault? FaultOf(string json) =>
        ActJson.TryParse(System.Text.Encoding.UTF8.GetBytes(json), out _, out var fault)
            ? null
            : fault;
}
