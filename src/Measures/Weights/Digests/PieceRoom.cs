namespace Concord.Measures.Weights.Digests;

/// <summary>Room for one worker that hashes pieces, used again for each.</summary>
internal sealed class PieceRoom
{
    private byte[] _bytes = [];

    /// <summary>Room to rewrite numbers in.</summary>
    public CanonicalRoom Numbers { get; } = new();

    /// <summary>The stored bytes of a piece.</summary>
    public Span<byte> Read(WeightsTensor tensor, int piece)
    {
        var (from, length) = Place(tensor, piece);
        if (_bytes.Length < length)
        {
            _bytes = new byte[length];
        }

        var bytes = _bytes.AsSpan(0, length);
        tensor.Source.Fill(tensor.Offset + from, bytes);
        return bytes;
    }

    private static (long From, int Length) Place(WeightsTensor tensor, int piece)
    {
        if (tensor.Element == ElementType.Opaque)
        {
            var each = tensor.Elements == 0 ? 0 : tensor.ByteLength / tensor.Elements;
            var first = (long)piece * TensorHash.PieceElements * each;
            return (
                first,
                (int)Math.Min(TensorHash.PieceElements * each, tensor.ByteLength - first)
            );
        }

        var layout = ElementLayout.Of(tensor.Element);
        var whole = TensorHash.PieceElements / layout.BlockElements * (long)layout.BlockBytes;
        var from = piece * whole;
        return (from, (int)Math.Min(whole, tensor.ByteLength - from));
    }
}
