using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Registry;

/// <summary>A suspension, or a certificate with conditions, that can be appealed.</summary>
/// <param name="Act">What was decided.</param>
/// <param name="Digest">The digest of the act, by which its signatures are found.</param>
/// <param name="At">When it took effect.</param>
/// <param name="Period">The time for an appeal, from then on, by the key set of that day.</param>
public sealed record DecisionRecord(StandingAct Act, Digest Digest, Instant At, TimeSpan Period);
