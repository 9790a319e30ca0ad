namespace Concord.Measures.Weights;

/// <summary>Bytes at hand, as a source.</summary>
/// <param name="name">What they are called.</param>
/// <param name="bytes">The bytes.</param>
public sealed class MemoryBytes(string name, ReadOnlyMemory<byte> bytes) : ByteSource
{
    /// <inheritdoc />
    public override string Name => name;

    /// <inheritdoc />
    public override long Length => bytes.Length;

    /// <inheritdoc />
    public override int Read(long offset, Span<byte> into)
    {
        if (offset < 0 || offset >= bytes.Length)
        {
            return 0;
        }

        var part = bytes.Span[(int)offset..];
        var count = Math.Min(part.Length, into.Length);
        part[..count].CopyTo(into);
        return count;
    }
}
