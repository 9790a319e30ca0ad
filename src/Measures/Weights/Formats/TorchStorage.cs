namespace Concord.Measures.Weights.Formats;

/// <summary>Where the bytes of a storage are.</summary>
/// <param name="Source">The file.</param>
/// <param name="Offset">The place of the first byte.</param>
/// <param name="Length">How many there are.</param>
internal sealed record TorchStorage(ByteSource Source, long Offset, long Length);
