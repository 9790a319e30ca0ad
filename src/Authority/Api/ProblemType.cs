namespace Concord.Authority.Api;

/// <summary>One kind of problem that the authority answers with (RFC 9457).</summary>
/// <param name="Code">The last segment of its type, <c>/problems/CODE</c>; never changes.</param>
/// <param name="Title">The same words for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Explanation">What happened, and whether anything was logged.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ProblemType(
    string Code,
    string Title,
    int Status,
    string Explanation,
    string Remedy
)
{
    /// <summary>The type member: a path that answers with a page about it.</summary>
    public string Path => $"/problems/{Code}";
}
