namespace Concord.Measures.Weights.Formats;

/// <summary>A list or a tuple.</summary>
internal sealed class PickleItems
{
    /// <summary>What is in it.</summary>
    public List<object?> Items { get; init; } = [];
}
