namespace Concord.Cli.Monitoring;

/// <summary>Something that a monitor found wrong with a log.</summary>
/// <param name="Kind">fork, tick, silence, withheld, rewritten, unverifiable.</param>
/// <param name="Origin">The log.</param>
/// <param name="Says">What was found, in a sentence.</param>
/// <param name="Proof">The folder with the proof; null: there is nothing to prove.</param>
internal sealed record MonitorFinding(string Kind, string Origin, string Says, string? Proof = null)
{
    /// <summary>The log contradicted itself; the proof convinces anybody.</summary>
    public const string Fork = "fork";

    /// <summary>A tick breaks the law of time.</summary>
    public const string Tick = "tick";

    /// <summary>Nothing new for too long.</summary>
    public const string Silence = "silence";

    /// <summary>A witness saw a larger log than is served here.</summary>
    public const string Withheld = "withheld";

    /// <summary>What is served is not what the log has signed.</summary>
    public const string Rewritten = "rewritten";

    /// <summary>A checkpoint is none of the log's.</summary>
    public const string Unverifiable = "unverifiable";

    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        Fork,
        Tick,
        Silence,
        Withheld,
        Rewritten,
        Unverifiable,
    ];
}
