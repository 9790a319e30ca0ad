namespace Concord.Stores;

/// <summary>An application for admission as it is kept.</summary>
/// <param name="Number">Its number, in the order in which they came.</param>
/// <param name="At">When it came, by the machine's clock.</param>
/// <param name="Act">The act by which it would be admitted, as JSON.</param>
/// <param name="Closed">Why it was closed; null: it was not.</param>
/// <param name="Source">A keyed digest of the address that it came from.</param>
/// <param name="Network">The same of the network around that address.</param>
public sealed record KeptApplication(
    long Number,
    string At,
    ReadOnlyMemory<byte> Act,
    string? Closed,
    string? Source,
    string? Network
);
