namespace Concord.Measures.Weights.Formats;

/// <summary>ONNX's numbers of types, and in which fields their elements stand.</summary>
internal static class OnnxTypes
{
    /// <summary>The type of texts, which are no weights.</summary>
    public const ulong Text = 8;

    /// <summary>The field of bytes as they are.</summary>
    public const int RawField = 9;

    private const int FloatField = 4;
    private const int Int32Field = 5;
    private const int Int64Field = 7;
    private const int DoubleField = 10;
    private const int UInt64Field = 11;

    /// <summary>The element type, where it is decoded.</summary>
    public static ElementType? Element(ulong type) =>
        type switch
        {
            1 => ElementType.F32,
            2 => ElementType.U8,
            3 => ElementType.I8,
            4 => ElementType.U16,
            5 => ElementType.I16,
            6 => ElementType.I32,
            7 => ElementType.I64,
            9 => ElementType.Bool,
            10 => ElementType.F16,
            11 => ElementType.F64,
            12 => ElementType.U32,
            13 => ElementType.U64,
            14 => ElementType.C64,
            16 => ElementType.BF16,
            17 => ElementType.F8E4M3,
            18 => ElementType.F8E4M3Fnuz,
            19 => ElementType.F8E5M2,
            20 => ElementType.F8E5M2Fnuz,
            24 => ElementType.F8E8M0,
            _ => null,
        };

    /// <summary>Whether the elements lie in their field as they would lie raw.</summary>
    public static bool IsAsStored(OnnxTensorProto proto) =>
        (proto.Field, proto.Type) is (FloatField, 1 or 14) or (DoubleField, 11 or 15);

    /// <summary>Whether the elements lie in their field as varints.</summary>
    public static bool IsVarint(OnnxTensorProto proto) =>
        (proto.Field, proto.Type)
            is
                (Int32Field, (>= 2 and <= 6) or 9 or 10 or (>= 16 and <= 20) or 24)
                or
                (Int64Field, 7)
                or
                (UInt64Field, 12 or 13);

    /// <summary>The tensor, its bytes as they are.</summary>
    public static WeightsTensor Tensor(TensorPlace place, ulong type, long? length)
    {
        if (Element(type) is { } element)
        {
            return place.As(element, length);
        }

        // Two or four elements a byte: the last byte may be filled up.
        var parts = type switch
        {
            21 or 22 or 23 => 2,
            25 or 26 => 4,
            _ => 0,
        };
        if (type == 15)
        {
            return place.AsOpaque(1, 16, length);
        }

        var elements = Shapes.Elements(place.Shape);
        if (parts == 0 || elements is null)
        {
            throw place.Fault($"type {type} is none of ONNX's, or its sizes are no sizes");
        }

        if (type == 23 && elements % 2 == 0)
        {
            return place.As(ElementType.F4, length);
        }

        var bytes = (elements.Value / parts) + (elements.Value % parts == 0 ? 0 : 1);
        var packed = place with { Shape = [bytes] };
        return packed.AsOpaque(1, 1, length);
    }
}
