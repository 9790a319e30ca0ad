using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts.Registry;

/// <summary>
/// The registration of a model by its developer (IDAIS-Oxford: registration of the creation, sale
/// or
/// use of models above a capability threshold). Wire name <c>registry/register-model/1</c>.
/// </summary>
public sealed record RegisterModel : Act
{
    /// <summary>The developer, who signs.</summary>
    public required PartyId Developer { get; init; }

    /// <summary>The model's name.</summary>
    [Text(200)]
    public required string Name { get; init; }

    /// <summary>Its version, when the name alone does not say it.</summary>
    [Text(100)]
    public string? Version { get; init; }

    /// <summary>Training compute by counting profile; empty when stated in confidence.</summary>
    [Items(0, 16)]
    public required IReadOnlyList<ComputeClaim> TrainingCompute { get; init; }

    /// <summary>The number of parameters.</summary>
    [Whole(1, WholeAttribute.JsonSafe)]
    public long? Parameters { get; init; }

    /// <summary>What it puts out: text, code, speech, audio, image, video, action, other.</summary>
    [Items(1, 8, Sorted = true)]
    [Text(6, Form = TextForm.Modality)]
    public required IReadOnlyList<string> ModalityOut { get; init; }

    /// <summary>Evaluations against the lines of a rulebook.</summary>
    [Items(0, 64, Distinct = true)]
    public IReadOnlyList<EvaluationClaim> Evaluations
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Where its training stands.</summary>
    public required TrainingDates Training { get; init; }

    /// <summary>What is intended with the weights.</summary>
    public required IntendedRelease IntendedRelease { get; init; }

    /// <summary>Answers to what the rulebooks ask.</summary>
    [Items(0, 256)]
    public IReadOnlyList<DeclaredFact> Facts
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Public-source reports on the same model that this registration answers.</summary>
    [Items(0, 64, Sorted = true)]
    public IReadOnlyList<ModelId> Answers
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>
    /// The digest of the <see cref="RegistrationDetails"/>, when something is sealed.
    /// </summary>
    public Digest? SealedPart { get; init; }
}

/// <summary>The sealed part of <see cref="RegisterModel"/>.</summary>
public sealed record RegistrationDetails : SealedPart
{
    /// <summary>Training compute that is stated in confidence.</summary>
    [Items(0, 16)]
    public IReadOnlyList<ComputeClaim> TrainingCompute
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Facts that are stated in confidence.</summary>
    [Items(0, 256)]
    public IReadOnlyList<DeclaredFact> Facts
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>How the weights are kept.</summary>
    [Text(2000)]
    public string? WeightsCustody { get; init; }
}

/// <summary>Which part of a model's training a figure counts.</summary>
public enum ComputeState
{
    /// <summary>Spent until the act.</summary>
    SoFar,

    /// <summary>What the allocated run will have spent.</summary>
    Planned,

    /// <summary>What is expected, without an allocation.</summary>
    Forecast,
}

/// <summary>
/// A developer's figure of training compute: an interval under a counting profile.
/// </summary>
public sealed record ComputeClaim
{
    /// <summary>The counting profile of a rulebook, for example <c>eu.cumulative</c>.</summary>
    [Text(64, Form = TextForm.Token)]
    public required string Profile { get; init; }

    /// <summary>Which part is counted.</summary>
    public required ComputeState State { get; init; }

    /// <summary>At least, FLOP; absent: no lower bound is stated.</summary>
    public Flop? Low { get; init; }

    /// <summary>At most, FLOP; absent: no upper bound is stated.</summary>
    public Flop? High { get; init; }

    /// <summary>When the developer knew it.</summary>
    public Instant? KnownAt { get; init; }

    /// <summary>How it was computed.</summary>
    [Text(2000)]
    public string? Method { get; init; }
}

/// <summary>A result on an evaluation against a line of a rulebook.</summary>
public sealed record EvaluationClaim
{
    /// <summary>The line, for example <c>cyber-warning</c>.</summary>
    [Text(64, Form = TextForm.Token)]
    public required string Line { get; init; }

    /// <summary>Whether the result is at or above the line.</summary>
    public required bool AtOrAbove { get; init; }

    /// <summary>The day of the evaluation.</summary>
    public required DateOnly On { get; init; }
}

/// <summary>Where training stands.</summary>
public enum TrainingState
{
    /// <summary>Not begun.</summary>
    Planned,

    /// <summary>Begun.</summary>
    Initiated,

    /// <summary>Ended.</summary>
    Finished,
}

/// <summary>Where training stands, with its days.</summary>
public sealed record TrainingDates
{
    /// <summary>The state.</summary>
    public required TrainingState State { get; init; }

    /// <summary>When the large run began or will begin.</summary>
    public DateOnly? StartedOn { get; init; }

    /// <summary>When it ended.</summary>
    public DateOnly? FinishedOn { get; init; }
}

/// <summary>How weights are given out.</summary>
public enum WeightsAccess
{
    /// <summary>Not released.</summary>
    Closed,

    /// <summary>Released to chosen parties.</summary>
    Restricted,

    /// <summary>Released to anybody.</summary>
    Open,
}

/// <summary>What is intended with the weights.</summary>
public sealed record IntendedRelease
{
    /// <summary>To whom.</summary>
    public required WeightsAccess Weights { get; init; }

    /// <summary>When.</summary>
    public DateOnly? On { get; init; }
}
