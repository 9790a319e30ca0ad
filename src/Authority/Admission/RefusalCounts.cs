namespace Concord.Authority.Admission;

/// <summary>How many refusals are kept, by rule.</summary>
/// <param name="Given">How many the server had given when they were counted.</param>
/// <param name="ByRule">The counts, most first.</param>
public sealed record RefusalCounts(long Given, IReadOnlyList<(string Code, long Count)> ByRule)
{
    /// <summary>What changes with them, for the tag of an answer.</summary>
    public string Tag => $"{Given}r{ByRule.Sum(one => one.Count)}";
}
