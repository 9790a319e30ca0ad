using Concord.Measures;

namespace Concord.Acts.Registry;

/// <summary>
/// A question of the authority, or of one of its officers, to a party on a case, the case being a
/// model or release; the act is sealed. Wire name <c>registry/ask/1</c>.
/// </summary>
public sealed record AskQuestion : Act
{
    /// <summary>16 random bytes, base64url.</summary>
    [Text(22, Least = 22, Form = TextForm.Salt)]
    public required string Salt { get; init; }

    /// <summary>The case: the model or release that is asked about.</summary>
    public required SubjectId Case { get; init; }

    /// <summary>Who is asked.</summary>
    public required PartyId To { get; init; }

    /// <summary>The question.</summary>
    [Text(8000)]
    public required string Question { get; init; }

    /// <summary>Until when an answer is due.</summary>
    public required Instant Due { get; init; }
}

/// <summary>
/// An answer of the party that was asked; the act is sealed. Wire name <c>registry/answer/1</c>.
/// </summary>
public sealed record AnswerQuestion : Act
{
    /// <summary>16 random bytes, base64url.</summary>
    [Text(22, Least = 22, Form = TextForm.Salt)]
    public required string Salt { get; init; }

    /// <summary>The question, by its act.</summary>
    public required ActId Question { get; init; }

    /// <summary>The answer.</summary>
    [Text(16_000)]
    public required string Answer { get; init; }
}
