namespace Concord.Authority.Web.Languages;

/// <summary>
/// What the site says, written in English where it is said and spoken in the language of the
/// request. A phrase stands in the code whole, so that a translator gets sentences.
/// </summary>
public static class Speech
{
    /// <summary>A phrase.</summary>
    public static string Say(string phrase) =>
        Language.Current is var language && language == Language.English
            ? phrase
            : language.Catalogue.Find(phrase) ?? phrase;

    /// <summary>A sentence with values or markup in it.</summary>
    public static Markup Say(MarkupSentence sentence) => sentence.Done();

    /// <summary>The same as plain text, for titles and attributes.</summary>
    public static string Plainly(MarkupSentence sentence) => sentence.Done().Plain();

    /// <summary>A count with what is counted.</summary>
    /// <param name="count">The count, which stands in the phrase as <c>{0}</c>.</param>
    /// <param name="one">The phrase for one.</param>
    /// <param name="many">The phrase for several.</param>
    /// <param name="shown">The count as it is written; null: with thousands kept apart.</param>
    public static string Count(long count, string one, string many, string? shown = null)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(many);
        var phrase = Language.Current.Catalogue.Find(one, count) ?? (count == 1 ? one : many);
        return phrase.Replace("{0}", shown ?? Figures.Count(count), StringComparison.Ordinal);
    }

    /// <summary>A phrase that is said later, by <see cref="Say(string)"/>.</summary>
    public static string Phrase(string phrase) => phrase;

    /// <summary>A link in a sentence.</summary>
    public static Markup Linked(string href, string words) =>
        new Markup().Leaf("a", words, ("class", "govuk-link"), ("href", href));

    /// <summary>What is read letter by letter, in a sentence.</summary>
    public static Markup Code(string text) => new Markup().Leaf("code", text);

    /// <summary>What stands out in a sentence.</summary>
    public static Markup Strong(string words) => new Markup().Leaf("strong", words);

    /// <summary>What is read with emphasis, and titles of works.</summary>
    public static Markup Emphasis(string words) => new Markup().Leaf("em", words);

    /// <summary>A part of a sentence with a style: an id, a digest, words for ears.</summary>
    public static Markup Styled(string text, string style) =>
        new Markup().Leaf("span", text, ("class", style));
}
