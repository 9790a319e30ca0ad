namespace Concord.Authority.Web.Languages;

/// <summary>
/// What is spoken: a page that is not translated has English words, and links in the reader's own
/// language all the same.
/// </summary>
/// <param name="Words">The language of the words.</param>
/// <param name="Links">The language to whose pages links lead.</param>
public sealed record Spoken(Language Words, Language Links)
{
    /// <summary>English throughout.</summary>
    public static Spoken Usual { get; } = new(Language.English, Language.English);

    /// <summary>An address as a link has it: a path of this site leads to its page here.</summary>
    public string Href(string href)
    {
        ArgumentNullException.ThrowIfNull(href);
        return Links != Language.English && href is ['/', ..] ? Links.Prefix + href : href;
    }
}
