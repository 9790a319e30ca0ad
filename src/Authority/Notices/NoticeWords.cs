using System.Text.Json;
using Concord.Authority.Web.Languages;

namespace Concord.Authority.Notices;

/// <summary>
/// A sentence in English and in each language in which somebody is told: it is said once, when it
/// comes to be, since of what passes later nothing may be left to say it by.
/// </summary>
/// <param name="English">The English.</param>
/// <param name="Others">The others by their tags, as a JSON object; empty: none.</param>
internal sealed record NoticeWords(string English, string Others)
{
    /// <summary>Says it in each of some languages, and in English.</summary>
    /// <param name="languages">The languages.</param>
    /// <param name="say">Says it in the language that is spoken.</param>
    public static NoticeWords Of(IReadOnlyList<Language> languages, Func<string> say)
    {
        var others = languages
            .Where(one => one != Language.English)
            .ToDictionary(one => one.Tag, one => In(one, say), StringComparer.Ordinal);
        return new(
            In(Language.English, say),
            others.Count > 0 ? JsonSerializer.Serialize(others) : ""
        );
    }

    /// <summary>Does something while a language is spoken.</summary>
    public static T In<T>(Language language, Func<T> deed)
    {
        var before = Language.Now;
        Language.Now = new(language, language);
        try
        {
            return deed();
        }
        finally
        {
            Language.Now = before;
        }
    }

    /// <summary>The sentence in a language, or the English where it lacks.</summary>
    public string In(Language language) =>
        Others.Length > 0
        && JsonSerializer.Deserialize<Dictionary<string, string>>(Others) is { } others
            ? others.GetValueOrDefault(language.Tag, English)
            : English;
}
