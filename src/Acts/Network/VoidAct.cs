using System.Text.Json;

namespace Concord.Acts.Network;

/// <summary>
/// The decision of officers of k institutions that an act counts no more, or counts with other
/// members; from this act on, the history stays. Wire name <c>network/void/1</c>.
/// </summary>
public sealed record VoidAct : JointAct
{
    /// <summary>The act that is voided.</summary>
    public required ActId Target { get; init; }

    /// <summary>
    /// The members that are replaced, with their new values; null removes an optional one. Absent:
    /// the act counts no more.
    /// </summary>
    public JsonElement? Replacement { get; init; }

    /// <summary>Why.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}
