namespace Concord.Measures.Weights.Pairs;

/// <summary>
/// Models of one origin: whoever is related to a member is one. Two members need not be related by
/// evidence of their own.
/// </summary>
public static class Families
{
    /// <summary>The families among so many models, each in rising order, by their first.</summary>
    /// <param name="count">How many models there are.</param>
    /// <param name="related">Pairs that are related, by their places.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Of(
        int count,
        IEnumerable<(int One, int Other)> related
    )
    {
        ArgumentNullException.ThrowIfNull(related);
        var first = Enumerable.Range(0, count).ToArray();
        foreach (var (one, other) in related)
        {
            var (low, high) = (FirstOf(first, one), FirstOf(first, other));
            first[Math.Max(low, high)] = Math.Min(low, high);
        }

        return
        [
            .. Enumerable
                .Range(0, count)
                .GroupBy(at => FirstOf(first, at))
                .OrderBy(family => family.Key)
                .Select(family => (IReadOnlyList<int>)[.. family]),
        ];
    }

    private static int FirstOf(int[] first, int at)
    {
        while (first[at] != at)
        {
            at = first[at];
        }

        return at;
    }
}
