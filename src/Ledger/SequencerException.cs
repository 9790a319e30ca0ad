namespace Concord.Ledger;

/// <summary>A batch was not published.</summary>
/// <param name="message">What happened, and what to do.</param>
/// <param name="isFatal">See <see cref="IsFatal"/>.</param>
/// <param name="innerException">The failure of store or files.</param>
public sealed class SequencerException(
    string message,
    bool isFatal,
    Exception? innerException = null
) : Exception(message, innerException)
{
    /// <summary>
    /// Whether the sequencer must be opened anew before anything else is appended: the batch may be
    /// durable, and opening publishes it if it is. Otherwise nothing of the batch was stored and
    /// the
    /// next one may be tried.
    /// </summary>
    public bool IsFatal { get; } = isFatal;
}
