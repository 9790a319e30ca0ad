using Concord.Measures;

namespace Concord.Authority.Witnesses;

/// <summary>The time that a witness told in an answer, and when that was.</summary>
/// <param name="Told">The time in its cosignature.</param>
/// <param name="Answered">
/// When the answer came, by the machine's monotonic counter: no setting of the clock changes it.
/// </param>
/// <param name="Waited">How long the answer was waited for.</param>
public sealed record WitnessReading(Instant Told, long Answered, TimeSpan Waited);
