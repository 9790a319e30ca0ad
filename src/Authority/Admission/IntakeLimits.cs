namespace Concord.Authority.Admission;

/// <summary>The bounds of the intake.</summary>
public sealed record IntakeLimits
{
    /// <summary>How many filings may wait for the sequencer.</summary>
    public int QueueMax { get; init; } = 16_384;

    /// <summary>How many entries one commit takes.</summary>
    public int BatchEntriesMax { get; init; } = 2_048;

    /// <summary>How many bytes of statements and documents one commit takes.</summary>
    public int BatchBytesMax { get; init; } = 32 << 20;

    /// <summary>The time between ticks under load.</summary>
    public TimeSpan TickSpacing { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The time between ticks without load.</summary>
    public TimeSpan TickAtLeastEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far a tick may be from the last: DESIGN §4.</summary>
    public TimeSpan TickStepMax { get; init; } = TimeSpan.FromHours(2);

    /// <summary>
    /// Filings of one signer (a party, an officer, the authority) each second: a right
    /// signature counts, whatever key it is by. In a day they are 43 million.
    /// </summary>
    public double SignerPerSecond { get; init; } = 500;

    /// <summary>Filings that one signer may make at once.</summary>
    public double SignerBurst { get; init; } = 2_000;

    /// <summary>Slips of arrival that one key gets each second.</summary>
    public double ArrivalsPerSecond { get; init; } = 10;

    /// <summary>Slips of arrival that one key gets at once.</summary>
    public double ArrivalsBurst { get; init; } = 1_000;

    /// <summary>What is told to wait when the intake is full.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
