namespace Concord.Rooms.Rulebooks;

/// <summary>A row of the vocabulary.</summary>
/// <param name="Name">The name; <c>[]</c> stands for a parameter in brackets.</param>
/// <param name="Kind">The type.</param>
/// <param name="Says">What it means.</param>
public sealed record FactDefinition(string Name, FactKind Kind, string Says)
{
    /// <summary>The unit of a number: <c>FLOP</c>, <c>USD</c>, ….</summary>
    public string? Unit { get; init; }

    /// <summary>The words that are allowed; empty: any.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>
    /// What the parameter is, in a word: <c>profile</c>, <c>state</c>, <c>year</c>.
    /// </summary>
    public string? Parameter { get; init; }

    /// <summary>Who may state it.</summary>
    public IReadOnlyList<Asserter> AssertedBy { get; init; } =
    [Asserter.Developer, Asserter.PublicSource, Asserter.Observer, Asserter.Authority];

    /// <summary>Computed from other facts, never stated.</summary>
    public bool IsDerived { get; init; }

    /// <summary>Whether only an act of the authority can set it.</summary>
    public bool IsDecision => AssertedBy is [Asserter.Authority];
}
