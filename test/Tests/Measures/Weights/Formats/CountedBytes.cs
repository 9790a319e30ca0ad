using Concord.Measures.Weights;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>
/// A source that counts what is read of it, and may be far longer than its bytes.
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="start">Its first bytes.</param>
/// <param name="length">How long it is: zeros follow.</param>
internal sealed class CountedBytes(string name, byte[] start, long? length = null) : ByteSource
{
    public override string Name => name;

    public override long Length => length ?? start.Length;

    public long BytesRead { get; private set; }

    public override int Read(long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(Length - offset, 0, into.Length);
        into = into[..count];
        into.Clear();
        if (offset < start.Length)
        {
            var part = start.AsSpan((int)offset);
            part[..Math.Min(part.Length, count)].CopyTo(into);
        }

        BytesRead += count;
        return count;
    }
}
