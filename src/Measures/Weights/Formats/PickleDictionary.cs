namespace Concord.Measures.Weights.Formats;

/// <summary>A dictionary, with its pairs in order.</summary>
internal sealed class PickleDictionary
{
    /// <summary>Its pairs.</summary>
    public List<(object? Key, object? Value)> Pairs { get; } = [];
}
