using Concord.Ledger;

namespace Concord.Cli.Monitoring;

/// <summary>How logs are followed.</summary>
internal sealed record MonitorOptions
{
    /// <summary>The folder in which everything seen is kept.</summary>
    public required string State { get; init; }

    /// <summary>Where witnesses show what they saw.</summary>
    public IReadOnlyList<Uri> Witnesses { get; init; } = [];

    /// <summary>The keys of witnesses.</summary>
    public IReadOnlyList<NoteVerifier> WitnessKeys { get; init; } = [];

    /// <summary>How long a log may show nothing new.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The monitor's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
