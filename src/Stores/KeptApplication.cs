namespace Concord.Stores;

/// <summary>An application for admission as it is kept.</summary>
/// <param name="Number">Its number, in the order in which they came.</param>
/// <param name="At">When it came, by the machine's clock.</param>
/// <param name="Act">The act by which it would be admitted, as JSON.</param>
/// <param name="Closed">Why it was closed; null: it was not.</param>
public sealed record KeptApplication(
    long Number,
    string At,
    ReadOnlyMemory<byte> Act,
    string? Closed
);
