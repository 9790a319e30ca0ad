using System.Text.RegularExpressions;

namespace Concord.Acts;

/// <summary>
/// Matches texts against the patterns of <see cref="TextForms"/>, in linear time.
/// </summary>
internal static class TextPatterns
{
    private static readonly Dictionary<TextForm, Regex> s_patterns = Enum.GetValues<TextForm>()
        .Where(form => TextForms.PatternOf(form) is not null)
        .ToDictionary(
            form => form,
            form => new Regex(
                TextForms.PatternOf(form) ?? "",
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
            )
        );

    /// <summary>
    /// Whether the text has the form; <c>$</c> must not let a final line feed pass.
    /// </summary>
    public static bool Matches(TextForm form, string text) =>
        s_patterns[form].IsMatch(text) && !text.EndsWith('\n');

    /// <summary>The form in words.</summary>
    public static string Meaning(TextForm form) =>
        form switch
        {
            TextForm.Region => "an ISO 3166-2 code, such as DE-BY",
            TextForm.MediaType => "a media type in lower case, such as application/pdf",
            TextForm.Slug => "a name of lower-case letters, digits and hyphens",
            TextForm.Token => "a name of lower-case letters, digits, points, hyphens, underscores",
            TextForm.Origin => "a log origin: a schemeless URL prefix without #, + or spaces",
            TextForm.WebOrigin => "a web origin, such as https://concord.example",
            TextForm.Domain => "a domain name in lower case",
            TextForm.Url => "an http or https address",
            TextForm.VerifierKey => "a C2SP verifier key, name+hash+base64",
            TextForm.FactName => "the name of a fact, such as market[EU]",
            TextForm.Bytes => "bytes in base64url without padding, written in the one way",
            _ => "well formed",
        };
}
