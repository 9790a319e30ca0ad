namespace Concord.Stores;

/// <summary>Something that a party is told.</summary>
/// <param name="Number">Its number, in the order in which they were made; 0: none yet.</param>
/// <param name="Party">The party, P-….</param>
/// <param name="Key">What it is about: nobody is told twice of one thing.</param>
/// <param name="Kind">What kind of thing, a word for programs.</param>
/// <param name="At">When it came to be.</param>
/// <param name="Says">What, as a sentence.</param>
/// <param name="Href">The path of the page that it is about.</param>
/// <param name="Others">
/// The same sentence in other languages by their tags, as a JSON object; empty: English alone.
/// </param>
public sealed record KeptNotice(
    long Number,
    string Party,
    string Key,
    string Kind,
    string At,
    string Says,
    string Href,
    string Others = ""
);
