namespace Concord.Ledger;

/// <summary>Another writer has taken the pen or moved the head: nothing was stored.</summary>
public sealed class LogConflictException(string message) : Exception(message);
