using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Concord.Authority.Web.Languages;

/// <summary>
/// The phrases of a language that scripts say, as a file of its own that <c>phrases.js</c> imports
/// by the address that the page names. Which they are is in the template, out of the scripts.
/// </summary>
internal static class ScriptPhrases
{
    private const string Scripts = "Authority/Web/Scripts/";

    private static readonly JsonSerializerOptions s_json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly Lazy<IReadOnlyList<string>> s_english = new(() =>
        [.. Catalogue.TemplateOf(Scripts)]
    );

    /// <summary>The name of the file.</summary>
    public static string NameOf(Language language) => $"phrases-{language.Tag}.js";

    /// <summary>The file: a module, in UTF-8.</summary>
    public static byte[] Of(Language language)
    {
        var phrases = s_english
            .Value.Select(english => (English: english, Said: language.Catalogue.Forms(english)))
            .Where(one => one.Said is not null)
            .ToDictionary(one => one.English, one => one.Said, StringComparer.Ordinal);
        var text = $"""
            export const language = "{language.Tag}";
            export const isRightToLeft = {(language.IsRightToLeft ? "true" : "false")};
            export const phrases = {JsonSerializer.Serialize(phrases, s_json)};

            """;
        return Encoding.UTF8.GetBytes(text);
    }
}
