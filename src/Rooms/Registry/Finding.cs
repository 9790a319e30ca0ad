using Concord.Acts;

namespace Concord.Rooms.Registry;

/// <summary>Something that a person must look at; it says not what they will find.</summary>
/// <param name="Act">The log index of the act that showed it.</param>
/// <param name="Code">A stable code, lower-case with hyphens.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Other">The other side of it.</param>
/// <param name="Says">In a sentence.</param>
public sealed record Finding(
    long Act,
    string Code,
    SubjectId Subject,
    SubjectId Other,
    string Says
);
