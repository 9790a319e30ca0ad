namespace Concord.Measures.Weights.Formats;

/// <summary>
/// What operators say of the tensors that they take: the order of gates, on which side of a matrix
/// is what, and which stored number stands for zero.
/// </summary>
/// <param name="kept">The tensors.</param>
internal sealed class OnnxOperators(Kept kept)
{
    /// <summary>So many of what an operator takes are looked at.</summary>
    public const int InputsRead = 12;

    private readonly HashSet<string> _cells = new(StringComparer.Ordinal);
    private readonly HashSet<string> _factors = new(StringComparer.Ordinal);

    /// <summary>What was cast or made numbers of, by what became of it.</summary>
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    /// <summary>What stands for zero in a tensor.</summary>
    private readonly Dictionary<string, string> _zeros = new(StringComparer.Ordinal);

    /// <summary>Hears of an operator.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="reads">What it takes, in its order; an empty text: nothing there.</param>
    /// <param name="writes">The first that it makes.</param>
    public void Hear(string kind, List<string> reads, string writes)
    {
        // By the places in their inputs (Operators.md of ONNX, ContribOperators.md of onnxruntime):
        // matrices that are multiplied from the right, and what stands for zero in the weights.
        switch (kind)
        {
            case "LSTM":
                // The rows over what comes in, those over the state, the biases.
                Say(_cells, kind, reads, 1, 2, 3);
                break;
            case "DynamicQuantizeLSTM":
                Zero(kind, reads, 1, 9);
                Zero(kind, reads, 2, 11);
                break;
            case "MatMul":
                Say(_factors, kind, reads, 1);
                break;
            case "MatMulInteger" or "DynamicQuantizeMatMul":
                Say(_factors, kind, reads, 1);
                Zero(kind, reads, 1, 3);
                break;
            case "MatMulIntegerToFloat":
                Say(_factors, kind, reads, 1);
                Zero(kind, reads, 1, 5);
                break;
            case "QLinearMatMul":
                Say(_factors, kind, reads, 3);
                Zero(kind, reads, 3, 5);
                break;
            case "ConvInteger":
                Zero(kind, reads, 1, 3);
                break;
            case "QLinearConv" or "QGemm":
                Zero(kind, reads, 3, 5);
                break;
            case "DequantizeLinear":
                Zero(kind, reads, 0, 2);
                From(kind, reads, writes);
                break;
            case "Cast" or "Identity":
                From(kind, reads, writes);
                break;
        }
    }

    /// <summary>Says all of it of the tensors.</summary>
    public void Say()
    {
        kept.Say(Sources(_cells), tensor => tensor with { Gates = GateOrder.Onnx });
        kept.Say(Sources(_factors), tensor => tensor with { HasInputRows = true });
        var points = Points();
        kept.Say(
            _zeros
                .Where(one => points.ContainsKey(one.Value))
                .Select(one => one.Key)
                .ToHashSet(StringComparer.Ordinal),
            tensor => tensor with { ZeroPoint = points[_zeros[tensor.Name]] }
        );
    }

    private void Say(HashSet<string> said, string kind, List<string> reads, params int[] places)
    {
        foreach (var place in places.Where(place => place < reads.Count && reads[place].Length > 0))
        {
            kept.Count(reads[place].Length, $"what {kind} takes");
            said.Add(reads[place]);
        }
    }

    private void Zero(string kind, List<string> reads, int weights, int zero)
    {
        if (zero < reads.Count && reads[zero].Length > 0 && reads[weights].Length > 0)
        {
            kept.Count(reads[weights].Length + reads[zero].Length, $"what {kind} takes");
            _zeros[reads[weights]] = reads[zero];
        }
    }

    private void From(string kind, List<string> reads, string writes)
    {
        if (reads is [{ Length: > 0 } from, ..] && writes.Length > 0)
        {
            kept.Count(from.Length + writes.Length, $"what {kind} takes");
            _sources[writes] = from;
        }
    }

    private HashSet<string> Sources(HashSet<string> names)
    {
        var all = new HashSet<string>(names, StringComparer.Ordinal);
        foreach (var name in names)
        {
            for (var at = name; _sources.TryGetValue(at, out var from) && all.Add(from); at = from)
            { }
        }

        return all;
    }

    // One number for all of a tensor; where each row has its own, none is taken.
    private Dictionary<string, int> Points()
    {
        var names = _zeros.Values.ToHashSet(StringComparer.Ordinal);
        var points = new Dictionary<string, int>(StringComparer.Ordinal);
        var stored = new byte[1];
        foreach (var tensor in kept.Tensors)
        {
            if (
                tensor.Elements == 1
                && tensor.Element is ElementType.U8 or ElementType.I8
                && names.Contains(tensor.Name)
            )
            {
                tensor.Source.Fill(tensor.Offset, stored);
                points[tensor.Name] =
                    tensor.Element == ElementType.U8 ? stored[0] : (sbyte)stored[0];
            }
        }

        return points;
    }
}
