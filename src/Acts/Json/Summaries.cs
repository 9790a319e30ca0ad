using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Concord.Acts;

/// <summary>
/// The summaries of the records out of the documentation file that the compiler writes beside the
/// assembly; a schema is whole without them.
/// </summary>
internal sealed class Summaries
{
    private static readonly Regex s_space = new(@"\s+", RegexOptions.NonBacktracking);

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <param name="documentation">The documentation file; null: no summaries.</param>
    public Summaries(XDocument? documentation)
    {
        foreach (var member in documentation?.Descendants("member") ?? [])
        {
            if (
                member.Attribute("name")?.Value is { } name
                && member.Element("summary") is { } text
            )
            {
                foreach (var see in text.Descendants("see").ToList())
                {
                    see.ReplaceWith(WordOf(see.Attribute("cref")?.Value ?? ""));
                }

                _texts[name] = s_space.Replace(text.Value, " ").Trim();
            }
        }
    }

    /// <summary>The summary of a documented member; null when there is none.</summary>
    public string? Of(string? source) => source is null ? null : _texts.GetValueOrDefault(source);

    private static string WordOf(string cref) =>
        cref.Length == 0 ? "" : Shapes.WordOf(cref[(cref.LastIndexOf('.') + 1)..]);
}
