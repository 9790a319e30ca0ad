using System.Text;
using System.Text.Json.Nodes;

namespace Concord.Tests.Acts;

/// <summary>The text of an act, bent at one place without touching the rest.</summary>
internal sealed class ActText(byte[] bytes)
{
    public string Json { get; } = Encoding.UTF8.GetString(bytes);

    public string Without(JsonPlace place) => Bend(place, _ => "");

    public string Twice(JsonPlace place) => Bend(place, member => $"{member},{member}");

    public string Replaced(JsonPlace place, string value) =>
        Bend(
            place,
            member => member[..(member.IndexOf(':', StringComparison.Ordinal) + 1)] + value
        );

    public string With(JsonPlace place, string text, bool before) =>
        Bend(place, member => before ? text + member : member + text);

    private string Bend(JsonPlace place, Func<string, string> change)
    {
        var text = new StringBuilder();
        Write(JsonNode.Parse(Json)!, "$", place.Path, change, text);
        return text.ToString();
    }

    private static void Write(
        JsonNode? node,
        string path,
        string at,
        Func<string, string> change,
        StringBuilder text
    )
    {
        switch (node)
        {
            case JsonObject value:
                var members = value.Select(member =>
                {
                    var inner = new StringBuilder($"\"{member.Key}\":");
                    var place = $"{path}.{member.Key}";
                    Write(member.Value, place, at, change, inner);
                    return string.Equals(place, at, StringComparison.Ordinal)
                        ? change(inner.ToString())
                        : inner.ToString();
                });
                text.Append('{')
                    .AppendJoin(',', members.Where(member => member.Length > 0))
                    .Append('}');
                break;
            case JsonArray array:
                var items = array.Select(
                    (item, i) =>
                    {
                        var inner = new StringBuilder();
                        Write(item, $"{path}[{i}]", at, change, inner);
                        return inner.ToString();
                    }
                );
                text.Append('[').AppendJoin(',', items).Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }
}
