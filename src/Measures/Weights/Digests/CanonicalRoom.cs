namespace Concord.Measures.Weights.Digests;

/// <summary>Room for one worker that rewrites numbers, used again for each piece.</summary>
internal sealed class CanonicalRoom
{
    private float[] _numbers = [];
    private ushort[] _halves = [];

    /// <summary>The numbers of stored blocks.</summary>
    public ReadOnlySpan<float> Decode(ElementType element, ReadOnlySpan<byte> bytes)
    {
        var layout = ElementLayout.Of(element);
        var count = bytes.Length / layout.BlockBytes * layout.BlockValues;
        if (_numbers.Length < count)
        {
            _numbers = new float[count];
        }

        ElementDecoder.Decode(element, bytes, _numbers);
        return _numbers.AsSpan(0, count);
    }

    /// <summary>Room for so many numbers of 16 bits.</summary>
    public Span<ushort> Halves(int count)
    {
        if (_halves.Length < count)
        {
            _halves = new ushort[count];
        }

        return _halves.AsSpan(0, count);
    }
}
