namespace Concord.Rooms.Rulebooks;

/// <summary>How law reads a fact out of all that is stated about it.</summary>
/// <param name="Fact">The fact as the condition names it.</param>
/// <param name="Value">What is known.</param>
/// <param name="Read">The statements of the strongest standing, which law reads.</param>
/// <param name="Other">Statements of weaker standing, shown and not read.</param>
/// <param name="IsContradicted">Whether statements, read or not, contradict each other.</param>
/// <param name="Notes">What the reader should know.</param>
public sealed record FactReading(
    string Fact,
    Known? Value,
    IReadOnlyList<Stated> Read,
    IReadOnlyList<Stated> Other,
    bool IsContradicted,
    IReadOnlyList<string> Notes
)
{
    /// <summary>Nobody states the fact.</summary>
    public static FactReading Unstated(string fact) => new(fact, null, [], [], false, []);

    /// <summary>Whether nothing is known.</summary>
    public bool IsUnknown => Value is null or { IsUnknown: true };
}
