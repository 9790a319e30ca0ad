using Concord.Ledger;

namespace Concord.Acts.Network;

/// <summary>
/// An appeal of the party concerned against a suspension, against the conditions of a certificate,
/// or against a refusal. Wire name <c>network/appeal/1</c>.
/// </summary>
public sealed record Appeal : Act
{
    /// <summary>Who appeals, and signs.</summary>
    public required PartyId By { get; init; }

    /// <summary>
    /// The suspension or certificate, by its first signature; or else <see cref="Refusal"/>.
    /// </summary>
    public ActId? Against { get; init; }

    /// <summary>
    /// The SHA-256 of the signed refusal, which the sealed part carries: what was refused is not
    /// for the public.
    /// </summary>
    public Digest? Refusal { get; init; }

    /// <summary>Why, as far as it is for everybody.</summary>
    [Text(4000)]
    public required string Grounds { get; init; }

    /// <summary>
    /// Whether it asks that a suspension have no effect until the appeal is decided. To ask stays
    /// nothing; <see cref="DecideAppeal"/> may.
    /// </summary>
    public bool? AsksStay { get; init; }

    /// <summary>The digest of the <see cref="AppealGrounds"/>; absent: all is public.</summary>
    public Digest? SealedPart { get; init; }
}

/// <summary>The sealed part of <see cref="Appeal"/>.</summary>
public sealed record AppealGrounds : SealedPart
{
    /// <summary>Why, as far as it is for the party and the authorities alone.</summary>
    [Text(8000)]
    public string? Grounds { get; init; }

    /// <summary>The signed refusal (COSE_Sign1) as it was given, base64url.</summary>
    [Text(24_000, Form = TextForm.Bytes)]
    public string? Refusal { get; init; }
}

/// <summary>What becomes of an appeal.</summary>
public enum AppealOutcome
{
    /// <summary>Until it is decided the suspension has no effect.</summary>
    Stayed,

    /// <summary>What was appealed stands.</summary>
    Upheld,

    /// <summary>
    /// What was appealed falls: a suspension gives back what was, a certificate loses its
    /// conditions.
    /// </summary>
    SetAside,
}

/// <summary>
/// The decision of officers of k institutions on an appeal, or that its suspension is stayed until
/// then; none of them signed what is appealed. Wire name <c>network/decide-appeal/1</c>.
/// </summary>
public sealed record DecideAppeal : JointAct
{
    /// <summary>The appeal.</summary>
    public required ActId Appeal { get; init; }

    /// <summary>What becomes of it.</summary>
    public required AppealOutcome Outcome { get; init; }

    /// <summary>Why, as far as it is for everybody.</summary>
    [Text(4000)]
    public required string Reason { get; init; }

    /// <summary>The digest of the <see cref="AppealReasons"/>; absent: all is public.</summary>
    public Digest? SealedPart { get; init; }
}

/// <summary>The sealed part of <see cref="DecideAppeal"/>.</summary>
public sealed record AppealReasons : SealedPart
{
    /// <summary>Why, as far as it is for the party that appealed and the authorities alone.
    /// </summary>
    [Text(8000)]
    public required string Reasons { get; init; }
}
