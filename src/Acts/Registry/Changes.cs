using System.Text.Json;

namespace Concord.Acts.Registry;

/// <summary>
/// A change of what became otherwise since it was filed, by who filed it; the history stays. Wire
/// name <c>registry/amend/1</c>.
/// </summary>
public sealed record Amend : Act
{
    /// <summary>The act that is amended.</summary>
    public required ActId Target { get; init; }

    /// <summary>
    /// The members that change, with their new values; null removes an optional one.
    /// </summary>
    public required JsonElement Changes { get; init; }

    /// <summary>Why.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}

/// <summary>
/// A correction of what was wrong when it was filed, by who filed it. Wire name
/// <c>registry/correct/1</c>.
/// </summary>
public sealed record Correct : Act
{
    /// <summary>The act that is corrected.</summary>
    public required ActId Target { get; init; }

    /// <summary>
    /// The members that change, with their right values; null removes an optional one.
    /// </summary>
    public required JsonElement Changes { get; init; }

    /// <summary>Why.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}

/// <summary>
/// The withdrawal of a registration, report, release, derivation or deployment by who filed it.
/// Wire name <c>registry/withdraw/1</c>.
/// </summary>
public sealed record Withdraw : Act
{
    /// <summary>The act that is withdrawn.</summary>
    public required ActId Target { get; init; }

    /// <summary>Why.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}
