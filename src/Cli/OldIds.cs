using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Acts;

namespace Concord.Cli;

/// <summary>
/// What the ids of an old log are called in the one that succeeds it. An id is a place in a log, so
/// each log has its own.
/// </summary>
/// <param name="known">Old ids and new ones; added to as acts are filed.</param>
internal sealed class OldIds(IDictionary<string, string> known)
{
    private const string Letters = "APMRDTS";

    /// <summary>Says what an old id is called now.</summary>
    public void Add(string before, string now) => known[before] = now;

    /// <summary>What an old id is called now; null: not said.</summary>
    public string? Find(string before) => known.TryGetValue(before, out var now) ? now : null;

    /// <summary>What was said so far.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => known;

    /// <summary>A document with every old id replaced.</summary>
    /// <param name="document">The document.</param>
    /// <param name="unknown">An id that is not called anything yet; null: none.</param>
    public JsonNode Replace(ReadOnlyMemory<byte> document, out string? unknown)
    {
        string? missing = null;
        var node = Walk(JsonNode.Parse(document.Span)!);
        unknown = missing;
        return node;

        JsonNode Walk(JsonNode one)
        {
            switch (one)
            {
                case JsonObject members:
                    foreach (var (name, value) in members.ToList())
                    {
                        members[name] = value is null ? null : Walk(value.DeepClone());
                    }

                    return members;
                case JsonArray items:
                    for (var i = 0; i < items.Count; i++)
                    {
                        items[i] = items[i] is { } item ? Walk(item.DeepClone()) : null;
                    }

                    return items;
                default:
                    return IdIn(one) is { } id ? JsonValue.Create(NowOf(id)) : one;
            }
        }

        string NowOf(string id)
        {
            if (!known.TryGetValue(id, out var now))
            {
                missing ??= id;
                return id;
            }

            return now;
        }
    }

    /// <summary>Whether a word is an id; its check digits tell it from one that looks alike.
    /// </summary>
    public static bool IsId(string word) =>
        word is { Length: > 8 }
        && Letters.Contains(word[0], StringComparison.Ordinal)
        && ShortId.TryParse(word, word[0], out _);

    private static string? IdIn(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.String
        && node.GetValue<string>() is { } text
        && IsId(text)
            ? text
            : null;
}
