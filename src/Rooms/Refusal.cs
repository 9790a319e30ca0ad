namespace Concord.Rooms;

/// <summary>Why the law does not admit an act, in words that let a person go on.</summary>
/// <param name="Code">A stable code, lower-case with hyphens; the problem type on the wire.</param>
/// <param name="Rule">The rule, in a sentence.</param>
/// <param name="Source">Where the rule is written: article, RFC, section of the design.</param>
/// <param name="Where">The JSON path in the act, or the header it is about.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Refusal(
    string Code,
    string Rule,
    string Source,
    string Where,
    string Detail,
    string Remedy
)
{
    /// <summary>The content type of the statement that the authority signs of it.</summary>
    public const string ContentType = "application/concord-refusal+json";

    /// <summary>The facts that decided it, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; } = [];
}
