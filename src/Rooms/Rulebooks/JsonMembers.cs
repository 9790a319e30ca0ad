using System.Globalization;
using System.Text.Json;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// The members of one JSON object, read strictly: each is asked for or is a fault.
/// </summary>
internal sealed class JsonMembers
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<RulebookFault> _faults;

    public JsonMembers(JsonElement element, string path, List<RulebookFault> faults)
    {
        Path = path;
        _faults = faults;
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new(path, "must be an object"));
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                faults.Add(new($"{path}.{member.Name}", "stands twice"));
            }
        }
    }

    public string Path { get; }

    public IEnumerable<string> Names => _members.Keys;

    public bool Has(string name) => _members.ContainsKey(name);

    public void Fault(string name, string rule) => _faults.Add(new(At(name), rule));

    public string At(string name) => name.Length == 0 ? Path : $"{Path}.{name}";

    public JsonElement? Element(string name)
    {
        _asked.Add(name);
        return _members.TryGetValue(name, out var value) ? value : null;
    }

    public JsonElement? Required(string name)
    {
        var element = Element(name);
        if (element is null)
        {
            Fault(name, "is missing");
        }

        return element;
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string name) => Required(name) is { } e ? TextOf(e, At(name)) : "";

    /// <summary>A text or null.</summary>
    public string? OptionalText(string name) => Element(name) is { } e ? TextOf(e, At(name)) : null;

    public DateOnly Day(string name) => Required(name) is { } e ? DayOf(e, At(name)) : default;

    public DateOnly? OptionalDay(string name) => Element(name) is { } e ? DayOf(e, At(name)) : null;

    public int Whole(string name, int least, int most)
    {
        if (Required(name) is not { } e)
        {
            return least;
        }

        if (
            e.ValueKind == JsonValueKind.Number
            && e.TryGetInt32(out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        Fault(name, $"must be a whole number from {least} to {most}");
        return least;
    }

    public bool? OptionalTruth(string name)
    {
        if (Element(name) is not { } e)
        {
            return null;
        }

        if (e.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return e.GetBoolean();
        }

        Fault(name, "must be true or false");
        return null;
    }

    /// <summary>One of several words.</summary>
    public T Word<T>(string name, params (string Word, T Value)[] words)
    {
        var text = Text(name);
        foreach (var (word, value) in words)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        if (Has(name))
        {
            Fault(name, $"must be one of {string.Join(", ", words.Select(w => w.Word))}");
        }

        return words[0].Value;
    }

    /// <summary>A list, empty when the member is absent.</summary>
    public IReadOnlyList<T> List<T>(string name, Func<JsonElement, string, T> read)
    {
        if (Element(name) is not { } e)
        {
            return [];
        }

        return ListOf(e, At(name), read, _faults);
    }

    public IReadOnlyList<string> Texts(string name) => List(name, TextOf);

    /// <summary>An object whose members are keys of our own, in a dictionary.</summary>
    public IReadOnlyDictionary<string, T> Keyed<T>(
        string name,
        Func<string, JsonElement, string, T> read
    )
    {
        var result = new Dictionary<string, T>(StringComparer.Ordinal);
        if (Element(name) is not { } e)
        {
            return result;
        }

        var members = new JsonMembers(e, At(name), _faults);
        foreach (var key in members.Names)
        {
            if (!IsKey(key))
            {
                members.Fault(key, "must be a key of letters, digits and . - _ /");
            }

            result[key] = read(key, members._members[key], members.At(key));
        }

        return result;
    }

    public static IReadOnlyList<T> ListOf<T>(
        JsonElement element,
        string path,
        Func<JsonElement, string, T> read,
        List<RulebookFault> faults
    )
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new(path, "must be a list"));
            return [];
        }

        var list = new List<T>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            list.Add(read(item, $"{path}[{list.Count}]"));
        }

        return list;
    }

    public string TextOf(JsonElement element, string path)
    {
        if (
            element.ValueKind == JsonValueKind.String
            && element.GetString() is { Length: > 0 and <= 2000 } text
        )
        {
            return text;
        }

        _faults.Add(new(path, "must be a text of 1 to 2000 characters"));
        return "";
    }

    public DateOnly DayOf(JsonElement element, string path)
    {
        if (
            element.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(
                element.GetString(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            return day;
        }

        _faults.Add(new(path, "must be a day like 2026-11-23"));
        return default;
    }

    /// <summary>Faults what was never asked for. Called last.</summary>
    public void End()
    {
        foreach (var name in _members.Keys.Where(name => !_asked.Contains(name)))
        {
            Fault(name, "is not a member that this format knows");
        }
    }

    private static bool IsKey(string text) =>
        text.Length is > 0 and <= 60
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/');
}
