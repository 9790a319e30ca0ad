namespace Concord.Stores;

/// <summary>A file that comes in parts.</summary>
/// <param name="Length">How many bytes it will have.</param>
/// <param name="Offset">How many are here.</param>
/// <param name="IsWhole">Whether all are here and have the digest.</param>
/// <param name="At">When the last came, UTC.</param>
public sealed record Upload(long Length, long Offset, bool IsWhole, DateTime At);
