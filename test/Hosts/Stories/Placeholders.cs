using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Hosts.Stories;

/// <summary>
/// What differs from run to run, and the word that a story writes for it. Ids, digests and keys are
/// numbered in the order in which they appear, so that a command can name what another printed.
/// </summary>
internal sealed partial class Placeholders(string folder)
{
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The words that stories may use, as <c>stories/README.md</c> lists them.</summary>
    public static IReadOnlyList<string> Declared { get; } =
    [
        "{folder}",
        "{url}",
        "{vkey}",
        "{origin}",
        "{time}",
        "{today}",
        "{in two weeks}",
        "{A1}",
        "{digest1}",
        "{key1}",
        "{refusal1}",
        "{request}",
        "{n}",
        "{salt}",
        "{aloud1}",
    ];

    /// <summary>Puts what was seen in this run where a command names it.</summary>
    public string Fill(string command) =>
        Word()
            .Replace(
                command,
                match =>
                    _values.TryGetValue(match.Value, out var value)
                        ? value
                        : throw new InvalidDataException(
                            $"Nothing printed before '{command}' is {match.Value}."
                        )
            );

    /// <summary>Puts words where this run differs from any other.</summary>
    public string Clean(string output)
    {
        var text = output.Replace(folder, "{folder}", StringComparison.Ordinal);
        text = Url().Replace(text, match => Seen("{url}", match.Value));
        text = VerifierKey().Replace(text, match => Seen("{vkey}", match.Value));
        text = Origin().Replace(text, "{origin}");
        text = Aloud().Replace(text, match => Numbered("aloud", match.Value));
        text = Request().Replace(text, match => Seen("{request}", match.Value));
        text = Digest().Replace(text, match => Numbered("digest", match.Value));
        text = Refusal().Replace(text, match => Numbered("refusal", match.Value));
        text = KeyId().Replace(text, match => Numbered("key", match.Value));
        text = Time().Replace(text, "{time}");
        text = Days(text);
        text = Id().Replace(text, match => Numbered(match.Value[..1], match.Value));
        text = Position().Replace(text, "$1{n}");
        text = Entries().Replace(text, "{n} entries");
        text = Salt().Replace(text, "$1{salt}");
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        return string.Concat(text.TrimEnd().Split('\n').Select(line => line.TrimEnd() + "\n"));
    }

    private static string Days(string text)
    {
        var now = TimeProvider.System.GetUtcNow();
        // A run may pass midnight: the day of the last tick is then yesterday.
        foreach (var day in (DateTimeOffset[])[now, now.AddDays(-1)])
        {
            text = text.Replace(Iso(day), "{today}", StringComparison.Ordinal)
                .Replace(Long(day), "{today}", StringComparison.Ordinal)
                .Replace(Long(day.AddDays(14)), "{in two weeks}", StringComparison.Ordinal);
        }

        return Clock().Replace(text, "{today}, {time}");
    }

    private static string Iso(DateTimeOffset day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Long(DateTimeOffset day) =>
        day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private string Numbered(string kind, string value)
    {
        if (_words.TryGetValue(value, out var word))
        {
            return word;
        }

        var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        word = $"{{{kind}{number}}}";
        _words[value] = word;
        return Seen(word, value);
    }

    private string Seen(string word, string value)
    {
        _values.TryAdd(word, value);
        return word;
    }

    [GeneratedRegex(@"http://(?:localhost|127\.0\.0\.1):\d+")]
    private static partial Regex Url();

    [GeneratedRegex(@"[a-z0-9.-]+/log\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+")]
    private static partial Regex VerifierKey();

    [GeneratedRegex(@"sandbox-[0-9a-f]{8}\.concord\.invalid/log")]
    private static partial Regex Origin();

    [GeneratedRegex(@"party-[0-9a-f]{8}\.request\.json")]
    private static partial Regex Request();

    [GeneratedRegex("\\b[0-9a-f]{4}( [0-9a-f]{4}){15}\\b")]
    private static partial Regex Aloud();

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Digest();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b|\b[0-9a-f]{16}…")]
    private static partial Regex KeyId();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\{today\}, \d{2}:\d{2} UTC")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b[MRPATDS](-[0-9A-HJKMNP-TV-Z]{4}){2,3}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"(\bentry |\bsize |\blog +|""(?:tree_)?size"": )\d+(,\d{3})*")]
    private static partial Regex Position();

    [GeneratedRegex(@"\b[0-9a-f]{12}\.refusal\b")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"\b\d+ entries\b")]
    private static partial Regex Entries();

    [GeneratedRegex(@"(""salt"": "")[\w-]{22}")]
    private static partial Regex Salt();

    [GeneratedRegex(@"\{[A-Za-z]+\d*\}")]
    private static partial Regex Word();
}
