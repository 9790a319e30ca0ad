namespace Concord.Authority.Identify;

/// <summary>What a question by a fingerprint may cost, and what one address may ask for.</summary>
public sealed record IdentifyLimits
{
    /// <summary>So many fingerprints are compared whole where no more are left.</summary>
    public int WholeMost { get; init; } = 4_096;

    /// <summary>So many of the nearest by their sketches are compared whole.</summary>
    public int NearMost { get; init; } = 1_000;

    /// <summary>So many are swept for one answer.</summary>
    public int SweptMost { get; init; } = 65_536;

    /// <summary>
    /// Work for one address each second, in fingerprints screened (60 µs of a processor): a third
    /// of a processor.
    /// </summary>
    public double WorkPerSecond { get; init; } = 5_000;

    /// <summary>Work for one address at once: two sweeps of a register of a million.</summary>
    public double WorkBurst { get; init; } = 3_000_000;
}
