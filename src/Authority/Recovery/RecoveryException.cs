namespace Concord.Authority.Recovery;

/// <summary>Why there is no way back from what was given.</summary>
/// <param name="what">What is so, in a sentence.</param>
/// <param name="remedy">What to do, in a sentence.</param>
public sealed class RecoveryException(string what, string remedy) : Exception(what)
{
    /// <summary>What to do.</summary>
    public string Remedy { get; } = remedy;
}
