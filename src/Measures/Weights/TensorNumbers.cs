namespace Concord.Measures.Weights;

/// <summary>Reads numbers of a tensor at any place, whole blocks at a time.</summary>
internal sealed class TensorNumbers
{
    private const int PieceBytes = 1 << 18;

    private byte[] _bytes = [];
    private float[] _block = [];

    /// <summary>Fills the span with the numbers from a place on.</summary>
    public void Read(WeightsTensor tensor, long first, Span<float> into)
    {
        var layout = ElementLayout.Of(tensor.Element);
        var skip = (int)(first % layout.BlockElements);
        var block = first / layout.BlockElements;
        if (skip > 0 || into.Length < layout.BlockElements)
        {
            var count = Math.Min(into.Length, layout.BlockElements - skip);
            if (_block.Length < layout.BlockElements)
            {
                _block = new float[layout.BlockElements];
            }

            Decode(tensor, layout, block, 1, _block);
            _block.AsSpan(skip, count).CopyTo(into);
            if (count < into.Length)
            {
                Read(tensor, first + count, into[count..]);
            }

            return;
        }

        var blocks = into.Length / layout.BlockElements;
        var perPiece = Math.Max(1, PieceBytes / layout.BlockBytes);
        for (var done = 0; done < blocks; done += perPiece)
        {
            var part = Math.Min(perPiece, blocks - done);
            Decode(
                tensor,
                layout,
                block + done,
                part,
                into.Slice(done * layout.BlockElements, part * layout.BlockElements)
            );
        }

        var whole = blocks * layout.BlockElements;
        if (whole < into.Length)
        {
            Read(tensor, first + whole, into[whole..]);
        }
    }

    private void Decode(
        WeightsTensor tensor,
        ElementLayout layout,
        long block,
        int blocks,
        Span<float> into
    )
    {
        var length = (int)
            Math.Min(
                (long)blocks * layout.BlockBytes,
                tensor.ByteLength - (block * layout.BlockBytes)
            );
        if (_bytes.Length < length)
        {
            _bytes = new byte[length];
        }

        var bytes = _bytes.AsSpan(0, length);
        tensor.Source.Fill(tensor.Offset + (block * layout.BlockBytes), bytes);
        var count = ElementDecoder.Decode(tensor.Element, bytes, into);
        if (tensor.ZeroPoint != 0)
        {
            foreach (ref var number in into[..count])
            {
                number -= tensor.ZeroPoint;
            }
        }
    }
}
