using Concord.Measures;

namespace Concord.Authority.Web;

/// <summary>One act in a history.</summary>
/// <param name="At">The tick at which it was judged; null before the first tick.</param>
/// <param name="What">What happened, as a sentence.</param>
/// <param name="Href">The page of the act, where its receipt is.</param>
/// <param name="Index">Its place in the log.</param>
/// <param name="Detail">A second, quiet line; null: none.</param>
public sealed record ActLine(
    Instant? At,
    Markup What,
    string Href,
    long Index,
    Markup? Detail = null
);
