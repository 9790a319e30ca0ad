namespace Concord.Acts;

/// <summary>An entry of the log is no act that this release can read.</summary>
/// <param name="index">The log index.</param>
/// <param name="reason">What is wrong with it.</param>
/// <param name="inner">What the parser said.</param>
public sealed class UnreadableEntryException(long index, string reason, Exception? inner = null)
    : Exception($"The entry at log index {index} cannot be read: {reason}", inner)
{
    /// <summary>The log index.</summary>
    public long Index { get; } = index;
}
