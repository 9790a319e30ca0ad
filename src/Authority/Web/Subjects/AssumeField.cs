using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Web.Subjects;

/// <summary>A fact that a reader may assume on the page of an explanation.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Label">What it means.</param>
/// <param name="Options">The values to choose from, as the query writes them, and in words.</param>
/// <param name="Chosen">The value that is assumed; null: none.</param>
public sealed record AssumeField(
    string Fact,
    string Label,
    IReadOnlyList<(string Value, string Says)> Options,
    string? Chosen
)
{
    /// <summary>
    /// The facts that bear on an answer and can be chosen from a list: what the column assumes,
    /// what would settle it, and what is assumed already.
    /// </summary>
    public static IReadOnlyList<AssumeField> Of(
        Rulebook book,
        IReadOnlyList<Settling> settles,
        IReadOnlyList<Assumption> assumed
    ) =>
        [
            .. (book.Headline?.Assume.Select(one => one.Fact) ?? [])
                .Concat(settles.SelectMany(one => one.Facts))
                .Concat(assumed.Select(one => one.Fact))
                .Distinct(StringComparer.Ordinal)
                .Select(fact => Field(fact, assumed))
                .OfType<AssumeField>(),
        ];

    private static AssumeField? Field(string fact, IReadOnlyList<Assumption> assumed)
    {
        if (Vocabulary.Find(fact) is not { IsDerived: false } row)
        {
            return null;
        }

        IReadOnlyList<string> values = row.Kind switch
        {
            FactKind.Truth => ["yes", "no"],
            FactKind.Word or FactKind.Words => row.Words,
            _ => [],
        };
        return values.Count == 0
            ? null
            : new(
                fact,
                Explanations.Name(fact),
                [.. values.Select(value => ($"{fact}={value}", Prose.Plain(value)))],
                assumed.LastOrDefault(one =>
                    string.Equals(one.Fact, fact, StringComparison.Ordinal)
                )
                    is { } chosen
                    ? chosen.ToString()
                    : null
            );
    }
}
