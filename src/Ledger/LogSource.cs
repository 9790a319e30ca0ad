namespace Concord.Ledger;

/// <summary>
/// Reads a resource of a log's public face by its path below the log's prefix; null where there is
/// none. What cannot be reached is an <see cref="IOException"/>.
/// </summary>
public delegate Task<byte[]?> LogSource(string path, CancellationToken cancel);
