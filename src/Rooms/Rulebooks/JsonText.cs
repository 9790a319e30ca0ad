using System.Text.Json;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// Finds text that is no Unicode, which the reader of JSON notices only when asked.
/// </summary>
internal static class JsonText
{
    /// <summary>The path of the first such text; null: there is none.</summary>
    public static string? FindBroken(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return IsText(element.GetString) ? null : path;
            case JsonValueKind.Array:
                var i = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (FindBroken(item, $"{path}[{i++}]") is { } found)
                    {
                        return found;
                    }
                }

                return null;
            case JsonValueKind.Object:
                return InMembers(element, path);
            default:
                return null;
        }
    }

    private static string? InMembers(JsonElement element, string path)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!IsText(() => member.Name))
            {
                return path;
            }

            if (FindBroken(member.Value, $"{path}.{member.Name}") is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static bool IsText(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
