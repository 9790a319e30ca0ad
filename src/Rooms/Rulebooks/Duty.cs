namespace Concord.Rooms.Rulebooks;

/// <summary>A duty of a law.</summary>
public sealed record Duty
{
    /// <summary>Its id in the rulebook.</summary>
    public required string Id { get; init; }

    /// <summary>What is to be done, in a phrase.</summary>
    public required string Title { get; init; }

    /// <summary>Where it is written; at least one paragraph.</summary>
    public required IReadOnlyList<Citation> Cite { get; init; }

    /// <summary>Whose duty it is.</summary>
    public required string Who { get; init; }

    /// <summary>When it is owed.</summary>
    public required Condition Condition { get; init; }

    /// <summary>
    /// The event that starts it, for duties that wait for one. While nothing is on record about the
    /// event the duty stands and its clock has not begun.
    /// </summary>
    public Condition? Trigger { get; init; }

    /// <summary>Since when it is owed, besides its days in force.</summary>
    public TimeExpression? Since { get; init; }

    /// <summary>By when; null: the text gives no time.</summary>
    public Deadline? Clock { get; init; }

    /// <summary>What is to be filed or kept.</summary>
    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>Who is exempt; an exemption must be shown.</summary>
    public required IReadOnlyList<Exemption> Exempt { get; init; }

    /// <summary>What a breach may cost, in words.</summary>
    public string? Penalty { get; init; }

    /// <summary>What follows when facts do not decide.</summary>
    public required OnUndetermined OnUndetermined { get; init; }

    /// <summary>Later beginnings for some.</summary>
    public required IReadOnlyList<Deferral> NotBefore { get; init; }

    /// <summary>When it is in force; null: as the rulebook.</summary>
    public Days? InForce { get; init; }

    /// <summary>What of it has no number, for example <em>without delay</em>.</summary>
    public string? OpenPart { get; init; }

    /// <summary>What the reader should know besides.</summary>
    public string? Note { get; init; }
}
