namespace Concord.Authority.Recovery;

/// <summary>What there is to bring a log back from, beside its own folder.</summary>
public sealed record RecoveryOptions
{
    /// <summary>A mirror of the log.</summary>
    public MirrorFolder? Mirror { get; init; }

    /// <summary>A file with a checkpoint that the log has signed.</summary>
    public string? AtLeast { get; init; }

    /// <summary>
    /// Whether somebody answers for it that nothing newer was ever published than what is at hand.
    /// </summary>
    public bool IsNothingNewer { get; init; }

    /// <summary>Files that may be documents of the log, under whatever name.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>Told of entries that are brought.</summary>
    public IProgress<(long Done, long Of)>? Progress { get; init; }

    /// <summary>A database to put where there is none, out of a backup.</summary>
    internal string? Database { get; init; }

    /// <summary>Checkpoints that a backup holds.</summary>
    internal IReadOnlyList<KnownCheckpoint> Known { get; init; } = [];

    /// <summary>Whether anything was given that shows how far the log had come.</summary>
    internal bool SaysHowFar => Mirror is not null || AtLeast is not null || IsNothingNewer;
}
