namespace Concord.Measures.Weights.Formats;

/// <summary>An entry of an archive, as its directory and its own head both say it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsStored">Whether its bytes lie as they are, and not compressed.</param>
/// <param name="Offset">The place of its first byte.</param>
/// <param name="Length">How many bytes it takes in the archive.</param>
public sealed record ZipEntry(string Name, bool IsStored, long Offset, long Length);
