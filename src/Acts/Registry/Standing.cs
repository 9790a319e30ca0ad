using Concord.Measures;

namespace Concord.Acts.Registry;

/// <summary>
/// An act on the standing of a model or release by two officers, persons of the authority.
/// </summary>
public abstract record StandingAct : JointAct
{
    /// <summary>The model or release.</summary>
    public required SubjectId Target { get; init; }

    /// <summary>Why.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}

/// <summary>A certificate of registration. Wire name <c>registry/certify/1</c>.</summary>
public sealed record Certify : StandingAct
{
    /// <summary>Its conditions.</summary>
    [Items(0, 64)]
    [Text(1000)]
    public IReadOnlyList<string> Conditions
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Until when it holds.</summary>
    public required Instant Until { get; init; }
}

/// <summary>A suspension. Wire name <c>registry/suspend/1</c>.</summary>
public sealed record Suspend : StandingAct
{
    /// <summary>Until when; absent: until restored.</summary>
    public Instant? Until { get; init; }
}

/// <summary>The end of a suspension. Wire name <c>registry/restore/1</c>.</summary>
public sealed record Restore : StandingAct;

/// <summary>The end of a certificate before its time. Wire name <c>registry/expire/1</c>.</summary>
public sealed record Expire : StandingAct;
