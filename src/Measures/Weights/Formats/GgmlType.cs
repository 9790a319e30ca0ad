namespace Concord.Measures.Weights.Formats;

/// <summary>GGML's numbers of types: what GGUF and the formats before it write.</summary>
internal static class GgmlType
{
    /// <summary>The tensor of a type by its number.</summary>
    public static WeightsTensor Tensor(TensorPlace place, uint type)
    {
        if (Element(type) is { } element)
        {
            SeeThatRowsAreWhole(place, ElementLayout.Of(element).BlockElements);
            return place.As(element);
        }

        var (elements, bytes) = Opaque(place, type);
        SeeThatRowsAreWhole(place, elements);
        return place.AsOpaque(elements, bytes);
    }

    /// <summary>The element type of a number, where it is decoded.</summary>
    public static ElementType? Element(uint type) =>
        type switch
        {
            0 => ElementType.F32,
            1 => ElementType.F16,
            2 => ElementType.Q4_0,
            3 => ElementType.Q4_1,
            6 => ElementType.Q5_0,
            7 => ElementType.Q5_1,
            8 => ElementType.Q8_0,
            10 => ElementType.Q2_K,
            11 => ElementType.Q3_K,
            12 => ElementType.Q4_K,
            13 => ElementType.Q5_K,
            14 => ElementType.Q6_K,
            24 => ElementType.I8,
            25 => ElementType.I16,
            26 => ElementType.I32,
            27 => ElementType.I64,
            28 => ElementType.F64,
            30 => ElementType.BF16,
            _ => null,
        };

    private static (int Elements, int Bytes) Opaque(TensorPlace place, uint type) =>
        type switch
        {
            9 => (32, 36),
            15 => (256, 292),
            16 => (256, 66),
            17 => (256, 74),
            18 => (256, 98),
            19 => (256, 50),
            20 => (32, 18),
            21 => (256, 110),
            22 => (256, 82),
            23 => (256, 136),
            29 => (256, 56),
            34 => (256, 54),
            35 => (256, 66),
            39 => (32, 17),
            40 => (64, 36),
            41 => (128, 18),
            4 or 5 or (>= 31 and <= 33) or (>= 36 and <= 38) => throw place.Fault(
                $"type {type} was removed from GGML"
            ),
            _ => throw place.Fault($"type {type} is none of GGML's"),
        };

    // A row is quantised by itself: blocks never run over its end.
    private static void SeeThatRowsAreWhole(TensorPlace place, int blockElements)
    {
        var row = place.Shape is [.., var last] ? last : 1;
        if (row % blockElements != 0)
        {
            throw place.Fault($"rows of {row} are no whole blocks of {blockElements}");
        }
    }
}
