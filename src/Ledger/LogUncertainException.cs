namespace Concord.Ledger;

/// <summary>
/// The disk did not confirm a commit that was written: whether it is durable is known when the
/// store is opened anew, and nothing may be written to it before.
/// </summary>
public sealed class LogUncertainException(string message, Exception? inner)
    : Exception(message, inner);
