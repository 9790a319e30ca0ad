namespace Concord.Rooms.Rulebooks;

/// <summary>What a reported model puts out, read from its source's words of domain.</summary>
/// <param name="Out">The modalities; null: the words say nothing.</param>
/// <param name="FromText">Modalities that it makes from text.</param>
/// <param name="IsNarrow">Whether every word makes its task narrow.</param>
/// <param name="Words">How it was read, as a sentence.</param>
public sealed record DomainReading(
    Known? Out,
    IReadOnlyList<string> FromText,
    bool IsNarrow,
    string Words
)
{
    /// <summary>Reads comma-separated words of domain by the authority's table.</summary>
    public static DomainReading Of(string? domain, Readings readings)
    {
        var certain = new SortedSet<string>(StringComparer.Ordinal);
        var possible = new SortedSet<string>(StringComparer.Ordinal);
        var fromText = new SortedSet<string>(StringComparer.Ordinal);
        var unknown = false;
        var narrow = true;
        var found = 0;
        foreach (
            var word in (domain ?? "").Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            if (!readings.Modality.TryGetValue(word.ToLowerInvariant(), out var row))
            {
                unknown = true;
                narrow = false;
                continue;
            }

            found++;
            narrow &= row.IsNarrow;
            certain.UnionWith(row.Out);
            possible.UnionWith(row.Out.Concat(row.Maybe));
            fromText.UnionWith(row.FromText);
        }

        if (found == 0)
        {
            return new(null, [], IsNarrow: false, "The source names no domain that is known.");
        }

        return new(
            new Known.Words([.. certain], unknown ? null : [.. possible]),
            [.. fromText],
            narrow,
            $"Domain '{domain}', read by the authority's table of modalities."
        );
    }

    /// <summary>The facts that follow, as the authority's reading.</summary>
    public IEnumerable<Stated> Facts(FactSource source)
    {
        var reading = source with { By = Asserter.Reading, Note = Words };
        if (Out is { } known)
        {
            yield return new("modality.out", known, reading);
        }

        foreach (var modality in FromText)
        {
            yield return new($"text_to[{modality}]", Known.Of(true), reading);
        }

        if (IsNarrow)
        {
            yield return new("generality", Known.Of("narrow"), reading);
        }
    }
}
