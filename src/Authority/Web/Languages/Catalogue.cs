using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Concord.Authority.Web.Languages;

/// <summary>
/// The phrases of a language by their English, as a PO file has them (GNU gettext, PO Files). A
/// phrase with a count has a form for each kind of count that the language tells apart.
/// </summary>
public sealed class Catalogue
{
    private readonly FrozenDictionary<string, IReadOnlyList<string>> _phrases;
    private readonly Func<long, int> _form;

    private Catalogue(
        IReadOnlyDictionary<string, IReadOnlyList<string>> phrases,
        Func<long, int> form
    ) => (_phrases, _form) = (phrases.ToFrozenDictionary(StringComparer.Ordinal), form);

    /// <summary>No phrase at all: English.</summary>
    public static Catalogue None { get; } =
        new(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), static _ => 0);

    /// <summary>The English of all phrases.</summary>
    public IEnumerable<string> Phrases => _phrases.Keys;

    /// <summary>The catalogue of a language that comes with the site.</summary>
    public static Catalogue Of(string tag) => new(Read(Resource($"{tag}.po")), FormOf(tag));

    /// <summary>The phrases of the template, in English, that files of a folder say.</summary>
    /// <param name="folder">The start of their paths in the template.</param>
    public static IEnumerable<string> TemplateOf(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Resource("concord.pot")
            .Split("\n\n")
            .Select(entry => entry.Split('\n'))
            .Where(lines => lines[0].Contains($" {folder}", StringComparison.Ordinal))
            .Select(lines =>
                lines.First(line => line.StartsWith("msgid ", StringComparison.Ordinal))
            )
            .Select(line => Unquote(line["msgid ".Length..]));
    }

    /// <summary>All forms of a phrase; null: it is not translated.</summary>
    public IReadOnlyList<string>? Forms(string english) => _phrases.GetValueOrDefault(english);

    /// <summary>A phrase; null: it is not translated.</summary>
    public string? Find(string english) => _phrases.GetValueOrDefault(english)?[0];

    /// <summary>A phrase for a count; null: it is not translated.</summary>
    public string? Find(string english, long count) =>
        _phrases.GetValueOrDefault(english) is { } forms
            ? forms[Math.Min(_form(count), forms.Count - 1)]
            : null;

    /// <summary>Reads the phrases of a PO file; what is not translated is left out.</summary>
    /// <exception cref="FormatException">A line is none of such a file.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var phrases = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var entry = new OrderedDictionary<string, StringBuilder>(StringComparer.Ordinal);
        StringBuilder? open = null;
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Append(""))
        {
            if (line.Length == 0)
            {
                Take(phrases, entry);
                entry.Clear();
                open = null;
            }
            else if (line[0] == '"' && open is not null)
            {
                open.Append(Unquote(line));
            }
            else if (line[0] != '#')
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                var word = space < 0 ? line : line[..space];
                if (!word.StartsWith("msg", StringComparison.Ordinal) || space < 0)
                {
                    throw new FormatException($"'{line}' is no line of a PO file.");
                }

                entry[word] = open = new StringBuilder(Unquote(line[(space + 1)..]));
            }
        }

        return phrases;
    }

    private static void Take(
        Dictionary<string, IReadOnlyList<string>> phrases,
        OrderedDictionary<string, StringBuilder> entry
    )
    {
        var english = entry.GetValueOrDefault("msgid")?.ToString();
        List<string> forms =
        [
            .. entry
                .Where(one => one.Key.StartsWith("msgstr", StringComparison.Ordinal))
                .Select(one => one.Value.ToString()),
        ];
        if (!string.IsNullOrEmpty(english) && forms.Count > 0 && forms.All(one => one.Length > 0))
        {
            phrases.Add(english, forms);
        }
    }

    private static string Resource(string name)
    {
        using var stream =
            typeof(Catalogue).Assembly.GetManifestResourceStream($"languages/{name}")
            ?? throw new InvalidOperationException($"The assembly lacks languages/{name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Unquote(string quoted)
    {
        if (quoted is not ['"', .. var inner, '"'])
        {
            throw new FormatException($"'{quoted}' is not quoted.");
        }

        return inner
            .Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal);
    }

    // Unicode CLDR, Language Plural Rules, for whole numbers.
    private static Func<long, int> FormOf(string tag) =>
        tag switch
        {
            "fr" => static count => count is 0 or 1 ? 0 : 1,
            "ar" => static count =>
                count switch
                {
                    0 or 1 or 2 => (int)count,
                    _ => (count % 100) switch
                    {
                        >= 3 and <= 10 => 3,
                        >= 11 => 4,
                        _ => 5,
                    },
                },
            _ => throw new CultureNotFoundException(nameof(tag), tag, "No language of the site."),
        };
}
