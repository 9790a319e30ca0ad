using Concord.Measures.Weights;

namespace Concord.Cli.Weights;

/// <summary>A stretch of another source: an entry of an archive that lies as it is.</summary>
/// <param name="name">What it is called.</param>
/// <param name="source">The whole.</param>
/// <param name="start">The place of its first byte there.</param>
/// <param name="length">How long it is.</param>
internal sealed class StretchBytes(string name, ByteSource source, long start, long length)
    : ByteSource
{
    /// <inheritdoc />
    public override string Name => name;

    /// <inheritdoc />
    public override long Length => length;

    /// <inheritdoc />
    public override int Read(long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(length - offset, 0, into.Length);
        return count == 0 ? 0 : source.Read(start + offset, into[..count]);
    }
}
