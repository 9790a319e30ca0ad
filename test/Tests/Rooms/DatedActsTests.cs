using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Concord.Acts;
using Concord.Ledger;
using Concord.Measures;
using Concord.Tests.Acts;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// What a date after the authority's last tick gets, for every member that is a day or a moment:
/// what is stated as past is refused by its path, what begins or ends in the future may lie ahead.
/// </summary>
public sealed partial class DatedActsTests
{
    private const string Past = "dated-after-tick";
    private const string Ahead = "admitted";

    /// <summary>
    /// Act, member, what is put into the act or its sealed part (@d: the day after the tick, @t: a
    /// second after it, @w: a week), and the answer.
    /// </summary>
    public static TheoryData<string, string, string, string> Rows =>
        new()
        {
            { "network/resume-clock", "$.from", """{"from":"@t"}""", "clock-step" },
            { "network/resume-clock", "$.to", """{"to":"@w"}""", Ahead },
            { "network/outage", "$.from", """{"from":"2020-01-01T00:00:00Z"}""", "outage-span" },
            { "network/outage", "$.to", """{"to":"@t"}""", "outage-span" },
            { "network/admit-party", "$.keys[].expires", Key("expires"), Ahead },
            { "network/add-key", "$.key.expires", """{"key":{"expires":"@t"}}""", Ahead },
            { "network/invite", "$.until", """{"until":"@w"}""", Ahead },
            { "network/delegate", "$.until", """{"until":"@w"}""", Ahead },
            { "network/appoint", "$.until", """{"until":"@w"}""", Ahead },
            { "network/recover-keys", "$.key.expires", """{"key":{"expires":"@t"}}""", Ahead },
            { "network/revoke-key", "$.compromised_since", """{"compromised_since":"@t"}""", Past },
            { "network/grant-role", "$.until", """{"until":"@t"}""", Ahead },
            { "network/adopt-rulebook", "$.applies_from", """{"applies_from":"@d"}""", Ahead },
            { Model, "$.training_compute[].known_at", Compute, Past },
            { Model, "$.evaluations[].on", Evaluation, Past },
            { Model, "$.training.started_on", Begun, Past },
            { Model, "$.training.finished_on", """{"training":{"finished_on":"@d"}}""", Past },
            { Model, "$.intended_release.on", """{"intended_release":{"on":"@d"}}""", Ahead },
            { Model, "$.facts[].since", Fact("since", "@d"), Ahead },
            { Model, "$.facts[].known_at", Fact("known_at", "@t"), Past },
            { Details, "$.training_compute[].known_at", Compute, Past },
            { Details, "$.facts[].since", Fact("since", "@d"), Ahead },
            { Details, "$.facts[].known_at", Fact("known_at", "@t"), Past },
            { Report, "$.published_on", """{"published_on":"@d"}""", Past },
            { Report, "$.facts[].since", Fact("since", "@d"), Ahead },
            { Report, "$.facts[].known_at", Fact("known_at", "@t"), Past },
            { "registry/release", "$.released_on", """{"released_on":"@d"}""", Past },
            { "registry/derive", "$.published_on", """{"published_on":"@d"}""", Past },
            { "registry/deploy", "$.from", """{"from":"@d"}""", Ahead },
            { "registry/deploy", "$.to", """{"to":"@d"}""", Ahead },
            { "registry/transfer.sealed-part", "$.effective", """{"effective":"@d"}""", Ahead },
            { "registry/certify", "$.until", """{"until":"@t"}""", Ahead },
            { "registry/suspend", "$.until", """{"until":"@t"}""", Ahead },
            { "registry/ask", "$.due", """{"due":"@t"}""", Ahead },
            { "lineage/evidence", "$.compared_on", """{"compared_on":"@d"}""", Past },
            { "lineage/found-copy", "$.found_on", """{"found_on":"@d"}""", Past },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_date_after_the_tick_is_answered_as_its_member_means(
        string name,
        string path,
        string overlay,
        string expected
    )
    {
        var (given, acts) = ActsOfEveryType.Prepared();
        var document = ActDocument.Of(name);
        var (act, part) = acts[document.Type.Name[..^2]];
        var text = overlay
            .Replace("@d", $"{given.Now.Day.AddDays(1):yyyy-MM-dd}", StringComparison.Ordinal)
            .Replace("@w", (given.Now + TimeSpan.FromDays(7)).ToString(), StringComparison.Ordinal)
            .Replace(
                "@t",
                (given.Now + TimeSpan.FromSeconds(1)).ToString(),
                StringComparison.Ordinal
            );
        if (document.IsPart)
        {
            part ??= ExampleActs.Parts[document.Type.Name];
            var bytes = Over(ActJson.Write(part), text);
            Assert.True(ActJson.TryParsePart(document.Type, bytes, out part, out _));
            text = $$"""{"sealed_part":"{{Digest.Of(bytes)}}"}""";
        }

        Assert.True(
            ActJson.TryParse(Over(ActJson.Write(act), text), out act, out var fault),
            $"{fault}"
        );
        var signer = Signers[document.Type.Name[..^2]];

        Assert.Equal(expected, given.Answer(signer, act!, part));
        if (expected is Past)
        {
            var where = given.Refusal(signer, act!, part).Where;
            Assert.Equal(
                document.IsPart
                    ? path.Replace("$", "$.sealed_part", StringComparison.Ordinal)
                    : path,
                Index().Replace(where, "[]")
            );
        }
    }

    [Fact]
    public void Every_member_that_is_a_date_stands_in_the_table()
    {
        string[] elsewhere =
        [
            // The clock itself: ClockTests and FoundingTests.
            "network/genesis $.founded_at",
            "network/tick $.time",
            // A day that is over: DailyRootTests.
            "network/read-root $.day",
            "network/refusal-root $.day",
        ];
        var members = ActDocument.All.SelectMany(document =>
            JsonPlace
                .Of(JsonNode.Parse(document.Fullest.Json)!, document.Schema)
                .Where(place => place.IsDate)
                .Select(place => $"{document.Name} {Index().Replace(place.Path, "[]")}")
        );

        Assert.Equal(
            members.Distinct().Order(StringComparer.Ordinal),
            Rows.Select(row => $"{row.Data.Item1} {row.Data.Item2}")
                .Concat(elsewhere)
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("""{"training":{"state":"finished","finished_on":"@d"}}""")]
    [InlineData("""{"evaluations":[{"line":"cyber","at_or_above":true,"on":"@d"}]}""")]
    public void A_change_is_dated_as_what_it_changes(string changes)
    {
        var (given, acts) = ActsOfEveryType.Prepared();
        var text = changes.Replace(
            "@d",
            $"{given.Now.Day.AddDays(1):yyyy-MM-dd}",
            StringComparison.Ordinal
        );
        foreach (var name in (string[])["registry/amend", "registry/correct"])
        {
            var bytes = Over(ActJson.Write(acts[name].Act), $$"""{"changes":{{text}}}""");
            Assert.True(ActJson.TryParse(bytes, out var act, out _));

            Assert.Equal(Past, given.Answer("aurora", act));
            Assert.StartsWith(
                "$.changes.",
                given.Refusal("aurora", act).Where,
                StringComparison.Ordinal
            );
        }
    }

    private const string Model = "registry/register-model";
    private const string Details = "registry/register-model.sealed-part";
    private const string Report = "registry/report-model";
    private const string Evaluation =
        """{"evaluations":[{"line":"cyber-warning","at_or_above":false,"on":"@d"}]}""";
    private const string Begun =
        """{"training":{"state":"initiated","started_on":"@d","finished_on":null}}""";
    private const string Compute = """
        {"training_compute":[
          {"profile":"eu.cumulative","state":"so_far","low":"2e25","known_at":"@t"}]}
        """;

    /// <summary>Who signs what the table asks about, as its row in ACTS names.</summary>
    private static Dictionary<string, string> Signers { get; } =
        new(StringComparer.Ordinal)
        {
            ["network/resume-clock"] = "officer-a-1",
            ["network/outage"] = "officer-a-1",
            ["network/recover-keys"] = "officer-a-1",
            ["network/admit-party"] = "registrar",
            ["network/add-key"] = "aurora",
            ["network/invite"] = "aurora",
            ["network/delegate"] = "aurora",
            ["network/appoint"] = "officer-a-1",
            ["network/revoke-key"] = "aurora",
            ["network/grant-role"] = "aurora",
            ["network/adopt-rulebook"] = "officer-a-1",
            ["registry/register-model"] = "aurora",
            ["registry/report-model"] = "delta",
            ["registry/release"] = "aurora",
            ["registry/derive"] = "borealis",
            ["registry/deploy"] = "cirrus",
            ["registry/transfer"] = "aurora",
            ["registry/certify"] = "officer-a-1",
            ["registry/suspend"] = "officer-a-1",
            ["registry/ask"] = "registrar",
            ["lineage/evidence"] = "delta",
            ["lineage/found-copy"] = "cirrus",
        };

    private static string Fact(string member, string value) =>
        $$"""
            {"facts":[{"fact":"safeguards_removed","value":true,"source":"A page.",
              "{{member}}":"{{value}}"}]}
            """;

    private static string Key(string member) => $$"""{"keys":[{"{{member}}":"@t"}]}""";

    /// <summary>Members of the second over the first, lists item by item.</summary>
    private static byte[] Over(byte[] json, string overlay)
    {
        var node = JsonNode.Parse(json)!;
        Merge(node, JsonNode.Parse(overlay)!);
        return Encoding.UTF8.GetBytes(node.ToJsonString());
    }

    private static void Merge(JsonNode into, JsonNode from)
    {
        foreach (var (name, value) in from.AsObject())
        {
            if (into[name] is JsonArray items && value is JsonArray over && items.Count > 0)
            {
                Merge(items[0]!, over[0]!);
            }
            else if (into[name] is JsonObject inner && value is JsonObject && name is not "changes")
            {
                Merge(inner, value);
            }
            else if (value is null)
            {
                into.AsObject().Remove(name);
            }
            else
            {
                into[name] = value.DeepClone();
            }
        }
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
