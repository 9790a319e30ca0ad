namespace Concord.Measures.Weights.Formats;

/// <summary>PyTorch's storages and dtypes by their names.</summary>
internal static class TorchTypes
{
    /// <summary>The element type, where it is decoded.</summary>
    public static ElementType? Element(string name) =>
        name switch
        {
            "torch.DoubleStorage" or "torch.float64" => ElementType.F64,
            "torch.FloatStorage" or "torch.float32" => ElementType.F32,
            "torch.HalfStorage" or "torch.float16" => ElementType.F16,
            "torch.BFloat16Storage" or "torch.bfloat16" => ElementType.BF16,
            "torch.LongStorage" or "torch.int64" => ElementType.I64,
            "torch.IntStorage" or "torch.int32" => ElementType.I32,
            "torch.ShortStorage" or "torch.int16" => ElementType.I16,
            "torch.CharStorage" or "torch.int8" or "torch.QInt8Storage" => ElementType.I8,
            "torch.ByteStorage" or "torch.uint8" or "torch.QUInt8Storage" => ElementType.U8,
            "torch.BoolStorage" or "torch.bool" => ElementType.Bool,
            "torch.ComplexFloatStorage" or "torch.complex64" => ElementType.C64,
            "torch.uint16" => ElementType.U16,
            "torch.uint32" => ElementType.U32,
            "torch.uint64" => ElementType.U64,
            "torch.float8_e4m3fn" => ElementType.F8E4M3,
            "torch.float8_e4m3fnuz" => ElementType.F8E4M3Fnuz,
            "torch.float8_e5m2" => ElementType.F8E5M2,
            "torch.float8_e5m2fnuz" => ElementType.F8E5M2Fnuz,
            "torch.float8_e8m0fnu" => ElementType.F8E8M0,
            _ => null,
        };

    /// <summary>Bytes of an element of a storage; nothing where the class is not known.</summary>
    public static int? Size(string storage) =>
        storage switch
        {
            "torch.storage.UntypedStorage" or "torch.UntypedStorage" => 1,
            "torch.ComplexDoubleStorage" => 16,
            "torch.QInt32Storage" => 4,
            _ => Element(storage) is { } element ? ElementLayout.Of(element).BlockBytes : null,
        };
}
