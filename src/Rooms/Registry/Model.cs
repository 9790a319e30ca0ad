using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Rooms.Registry;

/// <summary>
/// A model as the register has it: registered by its developer, or reported by others.
/// </summary>
public sealed record Model
{
    /// <summary>The id.</summary>
    public required ModelId Id { get; init; }

    /// <summary>The developer who registered it; null: reported, not registered.</summary>
    public PartyId? Developer { get; init; }

    /// <summary>
    /// Who filed a report; null for a registration, and for reports by the authority.
    /// </summary>
    public PartyId? Reporter { get; init; }

    /// <summary>The registration as amended; null for a report.</summary>
    public RegisterModel? Registration { get; init; }

    /// <summary>What the registration states in confidence, where it is at hand.</summary>
    public RegistrationDetails? Details { get; init; }

    /// <summary>The act by which its developer has made that public; null: it is sealed.</summary>
    public ActId? RevealedBy { get; init; }

    /// <summary>What the registration states in confidence, for an audience.</summary>
    public RegistrationDetails? DetailsFor(Audience audience) =>
        audience == Audience.Full || RevealedBy is not null ? Details : null;

    /// <summary>The report as corrected; null for a registration.</summary>
    public ReportModel? Report { get; init; }

    /// <summary>The reports that this registration answers.</summary>
    public IReadOnlyList<ModelId> Answers { get; init; } = [];

    /// <summary>The registration that answers this report.</summary>
    public ModelId? AnsweredBy { get; init; }

    /// <summary>The standing that later acts have made; null: as it was filed.</summary>
    public Standing? Decided { get; init; }

    /// <summary>The standing that acts have made (<see cref="Standing.AsOf"/> for now).</summary>
    public Standing Standing =>
        Decided
        ?? new()
        {
            State = IsRegistered ? StandingState.Registered : StandingState.Reported,
            DecidedBy = Id.Index,
        };

    /// <summary>Its releases, newest first.</summary>
    public Chain<ReleaseId>? Releases { get; init; }

    /// <summary>When it was filed.</summary>
    public required Instant FiledAt { get; init; }

    /// <summary>The entries that made it so.</summary>
    public required History History { get; init; }

    /// <summary>Whether its developer registered it.</summary>
    public bool IsRegistered => Registration is not null;

    /// <summary>The model's name.</summary>
    public string Name => Registration?.Name ?? Report?.Name ?? string.Empty;

    /// <summary>The name with the version.</summary>
    public string FullName =>
        Registration?.Version is { } version ? $"{Registration.Name} {version}" : Name;
}
