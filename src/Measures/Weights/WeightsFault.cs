namespace Concord.Measures.Weights;

/// <summary>
/// Why a file of weights is not read any further: which file, where in it, which rule.
/// </summary>
public sealed class WeightsFault : Exception
{
    /// <summary>A fault.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">Where in it: a byte, a tensor, a key.</param>
    /// <param name="reason">What is wrong there, and the rule.</param>
    public WeightsFault(string file, string place, string reason)
        : base($"{file}, {place}: {reason}.")
    {
        File = file;
        Place = place;
        Reason = reason;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Where in it.</summary>
    public string Place { get; }

    /// <summary>What is wrong there.</summary>
    public string Reason { get; }
}
