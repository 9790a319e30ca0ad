using Concord.Measures;

namespace Concord.Acts;

/// <summary>
/// A fact of a rulebook's vocabulary as somebody states it. What the names mean, their units and
/// who
/// may assert them is in <c>specs/rulebook.md</c>.
/// </summary>
public sealed record DeclaredFact
{
    /// <summary>The name in the vocabulary, for example <c>market[EU]</c>.</summary>
    [Text(128, Form = TextForm.FactName)]
    public required string Fact { get; init; }

    /// <summary>The value.</summary>
    public required FactValue Value { get; init; }

    /// <summary>From which day on it holds, when that is known.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>When it became known to who states it.</summary>
    public Instant? KnownAt { get; init; }

    /// <summary>Where it is written, for whoever checks.</summary>
    [Text(2000)]
    public string? Source { get; init; }
}

/// <summary>
/// A value of a fact: truth, text, a set of words, or an interval of whole numbers.
/// </summary>
public abstract record FactValue
{
    private FactValue() { }

    /// <summary>Yes or no: JSON <c>true</c> or <c>false</c>.</summary>
    /// <param name="Value">The truth.</param>
    public sealed record Truth(bool Value) : FactValue;

    /// <summary>A word, a day or a moment: a JSON string.</summary>
    /// <param name="Value">The text.</param>
    public sealed record Text(string Value) : FactValue;

    /// <summary>Several words: a JSON array of strings, sorted, without repetition.</summary>
    /// <param name="Values">The words.</param>
    public sealed record Words(IReadOnlyList<string> Values) : FactValue
    {
        /// <inheritdoc/>
        public bool Equals(Words? other) =>
            other is not null && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

        /// <inheritdoc/>
        public override int GetHashCode() => Values.Count;
    }

    /// <summary>
    /// A number known to lie between two bounds: <c>{"low": "…", "high": "…"}</c>, whole numbers as
    /// strings of digits, either of which may be absent.
    /// </summary>
    /// <param name="Low">At least; null: no lower bound is known.</param>
    /// <param name="High">At most; null: no upper bound is known.</param>
    public sealed record Interval(UInt128? Low, UInt128? High) : FactValue;
}
