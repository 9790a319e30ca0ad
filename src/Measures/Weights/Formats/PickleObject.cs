namespace Concord.Measures.Weights.Formats;

/// <summary>
/// An object of a class that is not known: what would be its state is looked through.
/// </summary>
internal sealed class PickleObject
{
    /// <summary>What it would have been made from and given.</summary>
    public List<object?> Parts { get; } = [];
}
