using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Concord.Measures;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>
/// The body of an act as a list of facts: every member that was filed, in its order, with ids by
/// the names that they stand for.
/// </summary>
/// <param name="names">What ids stand for.</param>
public sealed class JsonFacts(Names names)
{
    private const int LongWord = 24;
    private const int LongBytes = 1_000;
    private const int ShownOfBytes = 64;

    private static readonly HashSet<string> s_elsewhere = new(StringComparer.Ordinal)
    {
        "act",
        "attachments",
        "joint",
        "rulebook",
        "salt",
        // Sets of keys are long, and have a page of their own.
        "roots",
        "key_set",
        "body",
    };

    // Words of the schema, which no person wrote.
    private static readonly HashSet<string> s_words = new(StringComparer.Ordinal)
    {
        "state",
        "relation",
        "outcome",
        "weights",
        "access",
        "role",
        "kind",
    };

    private static readonly HashSet<string> s_operations = new(StringComparer.Ordinal)
    {
        "figure",
        "low",
        "high",
        "compute_low",
        "compute_high",
    };

    /// <summary>The members of an object, without those that a page shows elsewhere.</summary>
    public Markup Of(JsonElement body) => List(body, "c-facts c-facts--two", isWhole: true);

    private Markup List(JsonElement item, string style, bool isWhole)
    {
        var list = new Markup().Open("dl", ("class", style));
        foreach (var member in item.EnumerateObject())
        {
            if (isWhole && s_elsewhere.Contains(member.Name))
            {
                continue;
            }

            list.Open("div").Leaf("dt", Label(member.Name));
            list.Open("dd").Add(Value(member.Name, member.Value)).Close().Close();
        }

        return list.Close();
    }

    private static string Label(string member) =>
        member is "url" ? Say("Address") : Prose.Capital(Prose.Plain(member));

    private Markup Value(string name, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object when IsSourced(value, out var text) => text,
            JsonValueKind.Object => List(value, "c-said", isWhole: false),
            JsonValueKind.Array => Items(name, value),
            JsonValueKind.True => Markup.Words(Say("yes")),
            JsonValueKind.False => Markup.Words(Say("no")),
            JsonValueKind.Null => Markup.Words(Say("taken away")),
            JsonValueKind.Number when name is "source" => Markup.Words(SourceOf(value)),
            JsonValueKind.Number => Markup.Words(
                value.TryGetInt64(out var whole) ? Figures.Count(whole) : value.GetRawText()
            ),
            _ => Text(name, value.GetString() ?? ""),
        };

    // A value in a source's words: the value, and under it which source has it.
    private bool IsSourced(JsonElement item, [NotNullWhen(true)] out Markup? text)
    {
        text = null;
        if (
            item.GetPropertyCount() != 2
            || !item.TryGetProperty("value", out var value)
            || !item.TryGetProperty("source", out var source)
            || source.ValueKind is not JsonValueKind.Number
        )
        {
            return false;
        }

        text = Value("value", value).Leaf("span", SourceOf(source), ("class", "c-interval"));
        return true;
    }

    private static string SourceOf(JsonElement place) =>
        place.TryGetInt64(out var index) ? Plainly($"source {index + 1}") : place.GetRawText();

    private Markup Items(string name, JsonElement items)
    {
        if (items.GetArrayLength() == 0)
        {
            return new Markup().Leaf("span", Say("None"), ("class", "c-quiet"));
        }

        if (
            items
                .EnumerateArray()
                .All(one => one.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        )
        {
            return Prose.List([.. items.EnumerateArray().Select(one => Value(name, one))]);
        }

        var list = new Markup().Open("ol", ("class", "c-said-list"));
        foreach (var one in items.EnumerateArray())
        {
            list.Open("li").Add(Value(name, one)).Close();
        }

        return list.Close();
    }

    private Markup Text(string name, string text) =>
        s_words.Contains(name) && !Ledger.Digest.TryParse(text, out _)
            ? Markup.Words(Prose.Plain(text))
        : s_operations.Contains(name) && Flop.TryParse(text, out var flop)
            ? new Markup().Figure(flop).Text(Say(" FLOP"))
        : name is "value"
        && text.Length > 4
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Markup.Words(Figures.Count(count))
        : Instant.TryParse(text, out var at) ? Markup.Words(Times.Long(at))
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? Markup.Words(Times.Long(day))
        : names.Find(text) is { } named ? named
        : IsLink(text)
            ? new Markup().Leaf(
                "a",
                text,
                ("class", "govuk-link c-wrap"),
                ("href", text),
                ("rel", "noreferrer nofollow external")
            )
        : text.Length > LongBytes && !text.Contains(' ', StringComparison.Ordinal)
            // Bytes of a fingerprint or an opening; whoever computes with them takes the act.
            ? new Markup().Leaf("span", text[..ShownOfBytes] + "…", ("class", "c-digest"))
        : text.Length > LongWord && !text.Contains(' ', StringComparison.Ordinal)
            ? new Markup().Leaf("span", text, ("class", "c-digest"))
        : Markup.Words(text);

    // What a party files may be anything: only addresses of the web become links.
    private static bool IsLink(string text) =>
        text.StartsWith("https://", StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && string.Equals(uri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
}
