namespace Concord.Measures.Weights;

/// <summary>
/// Numbers that look random and are the same everywhere: SplitMix64's output function
/// (Steele, Lea, Flood, OOPSLA 2014) of a key and a place.
/// </summary>
internal static class Counter
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The number at a place of the sequence of a key.</summary>
    public static ulong At(ulong key, ulong place)
    {
        var z = key + (Golden * (place + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
