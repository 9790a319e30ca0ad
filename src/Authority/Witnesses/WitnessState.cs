using Concord.Measures;

namespace Concord.Authority.Witnesses;

/// <summary>How far a witness is.</summary>
/// <param name="Size">The size that it cosigned last, as far as is known here.</param>
/// <param name="At">The time in its newest cosignature; null: none yet.</param>
/// <param name="Fault">Why it did not cosign when it was asked last; null: it did.</param>
/// <param name="Reading">What time it told in its newest answer to this process.</param>
public sealed record WitnessState(
    long Size,
    Instant? At,
    string? Fault,
    WitnessReading? Reading = null
);
