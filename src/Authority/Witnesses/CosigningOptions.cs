namespace Concord.Authority.Witnesses;

/// <summary>How often and how patiently witnesses are asked.</summary>
public sealed record CosigningOptions
{
    /// <summary>The time from one round to the next.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time that one witness has for one answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The age at which the cosignature of a log that does not grow is asked for again.
    /// </summary>
    public TimeSpan RefreshedAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a witness which failed is left alone.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromMinutes(1);
}
