namespace Concord.Ledger;

/// <summary>
/// The log may not be written from here: another process writes it, or its data is not what it
/// signed before. The message says which, and the way on.
/// </summary>
public sealed class PenRefusedException(string message, Exception? innerException = null)
    : Exception(message, innerException);
