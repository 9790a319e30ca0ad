using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Rooms.Registry;

/// <summary>A release as the register has it.</summary>
public sealed record ReleaseRecord
{
    /// <summary>The id.</summary>
    public required ReleaseId Id { get; init; }

    /// <summary>What was declared, as amended.</summary>
    public required Release Act { get; init; }

    /// <summary>The developer who declared it.</summary>
    public required PartyId Developer { get; init; }

    /// <summary>The declaration of what it was made from, as amended.</summary>
    public Derive? Derivation { get; init; }

    /// <summary>The log index of that declaration.</summary>
    public long? DerivationAct { get; init; }

    /// <summary>The standing that later acts have made; null: as it was filed.</summary>
    public Standing? Decided { get; init; }

    /// <summary>The standing that acts have made (<see cref="Standing.AsOf"/> for now).</summary>
    public Standing Standing =>
        Decided ?? new() { State = StandingState.Registered, DecidedBy = Id.Index };

    /// <summary>Who may pass it on: the developer, then whoever it was sold or given to.</summary>
    public required Chain<PartyId> Holders { get; init; }

    /// <summary>Its deployments, newest first.</summary>
    public Chain<DeploymentId>? Deployments { get; init; }

    /// <summary>When it was filed.</summary>
    public required Instant FiledAt { get; init; }

    /// <summary>The entries that made it so.</summary>
    public required History History { get; init; }
}
