namespace Concord.Stores;

/// <summary>A time that concerns a party, and how much of its coming was told.</summary>
/// <param name="Party">The party, P-….</param>
/// <param name="Key">What it is about.</param>
/// <param name="At">The time.</param>
/// <param name="Says">What is due, as a sentence.</param>
/// <param name="Href">The path of the page that it is about.</param>
/// <param name="Others">
/// The same sentence in other languages by their tags, as a JSON object; empty: English alone.
/// </param>
/// <param name="Told">0: nothing; 1: a week before; 2: a day before; 3: that it passed.</param>
public sealed record KeptDeadline(
    string Party,
    string Key,
    string At,
    string Says,
    string Href,
    string Others,
    int Told
);
