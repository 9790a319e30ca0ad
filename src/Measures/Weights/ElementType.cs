namespace Concord.Measures.Weights;

/// <summary>
/// How the elements of a tensor are stored, over all formats: safetensors' dtypes, GGML's types and
/// ONNX's data types.
/// </summary>
public enum ElementType
{
    /// <summary>Of no kind that we decode: its bytes alone are evidence.</summary>
    Opaque,

    /// <summary>IEEE binary64.</summary>
    F64,

    /// <summary>IEEE binary32.</summary>
    F32,

    /// <summary>IEEE binary16.</summary>
    F16,

    /// <summary>The upper half of a binary32.</summary>
    BF16,

    /// <summary>Eight bits: four of exponent, three of mantissa (OCP E4M3).</summary>
    F8E4M3,

    /// <summary>Eight bits: five of exponent, two of mantissa (OCP E5M2).</summary>
    F8E5M2,

    /// <summary>Eight bits of exponent alone (OCP E8M0).</summary>
    F8E8M0,

    /// <summary>E4M3 with bias 8, without a negative zero.</summary>
    F8E4M3Fnuz,

    /// <summary>E5M2 with bias 16, without a negative zero.</summary>
    F8E5M2Fnuz,

    /// <summary>Six bits, E2M3, packed.</summary>
    F6E2M3,

    /// <summary>Six bits, E3M2, packed.</summary>
    F6E3M2,

    /// <summary>Four bits, E2M1, two a byte.</summary>
    F4,

    /// <summary>Two binary32.</summary>
    C64,

    /// <summary>A byte that is zero or one.</summary>
    Bool,

    /// <summary>Signed, eight bits.</summary>
    I8,

    /// <summary>Unsigned, eight bits.</summary>
    U8,

    /// <summary>Signed, 16 bits.</summary>
    I16,

    /// <summary>Unsigned, 16 bits.</summary>
    U16,

    /// <summary>Signed, 32 bits.</summary>
    I32,

    /// <summary>Unsigned, 32 bits.</summary>
    U32,

    /// <summary>Signed, 64 bits.</summary>
    I64,

    /// <summary>Unsigned, 64 bits.</summary>
    U64,

    /// <summary>GGML: 32 of 4 bits and a scale.</summary>
    Q4_0,

    /// <summary>GGML: 32 of 4 bits, a scale and a minimum.</summary>
    Q4_1,

    /// <summary>GGML: 32 of 5 bits and a scale.</summary>
    Q5_0,

    /// <summary>GGML: 32 of 5 bits, a scale and a minimum.</summary>
    Q5_1,

    /// <summary>GGML: 32 of 8 bits and a scale.</summary>
    Q8_0,

    /// <summary>GGML: 256 of 2 bits in 16 groups.</summary>
    Q2_K,

    /// <summary>GGML: 256 of 3 bits in 16 groups.</summary>
    Q3_K,

    /// <summary>GGML: 256 of 4 bits in 8 groups.</summary>
    Q4_K,

    /// <summary>GGML: 256 of 5 bits in 8 groups.</summary>
    Q5_K,

    /// <summary>GGML: 256 of 6 bits in 16 groups.</summary>
    Q6_K,
}
