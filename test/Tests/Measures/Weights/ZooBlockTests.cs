using System.Security.Cryptography;
using Concord.Measures.Weights;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights;

/// <summary>
/// The zoo's quantiser against ggml's own: the digests are of what a C program made of the same
/// numbers with ggml's <c>quantize_row_*_ref</c> (ggml-org/ggml, src/ggml-quants.c at 5136ed0).
/// </summary>
public sealed class ZooBlockTests
{
    [Theory]
    [InlineData("Q4_0", "634c0819a345c48130536a15560cfafcce9012e28b2a3533fa0e43e47e6c717e")]
    [InlineData("Q5_0", "d46bf0cf8966e8d533abc958a5da88d60a9d3e31111cf87d8c56ce0a302e10c2")]
    [InlineData("Q8_0", "5d440fca0cdacf383d54c647540a55ec3212b7abdec66a582c63405e1c70d1ca")]
    [InlineData("Q4_K", "de9c82225c42f1f92e66bf1a4e5c1b8de102ecb1879f834a3c3484c5d9e1a6bb")]
    [InlineData("Q6_K", "3417805cae4c01c1e88f2ee5253a59dd144fa765a1cccd3deca06020444636b6")]
    public void Blocks_are_ggmls_to_the_bit(string element, string digest)
    {
        var blocks = GgmlBlocks.Bytes(Enum.Parse<ElementType>(element), Numbers());

        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(blocks)));
    }

    [Theory]
    [InlineData(ElementType.Q8_0, 0.02)]
    [InlineData(ElementType.Q6_K, 0.04)]
    [InlineData(ElementType.Q5_0, 0.08)]
    [InlineData(ElementType.Q4_K, 0.11)]
    [InlineData(ElementType.Q4_0, 0.15)]
    public void What_is_read_back_is_near(ElementType element, double error)
    {
        var net = ZooTiny.Of("llama");
        var rounded = StoredAs.Rounded(ElementType.F32, net);
        var blocks = new Zoo.Chance(5).Normals(4096);
        var values = Array.ConvertAll(blocks, x => (float)x);
        var read = StoredAs.Values(element, StoredAs.Bytes(element, values));
        var off = values.Zip(read, (a, b) => (double)(a - b) * (a - b)).Average();

        Assert.Equal(net.Tensors[0].Values, rounded.Tensors[0].Values);
        Assert.InRange(Math.Sqrt(off), error / 4, error);
    }

    /// <summary>
    /// Numbers of several sizes by exact arithmetic; a stretch of zeros; one of positive ones.
    /// </summary>
    private static float[] Numbers()
    {
        var numbers = new float[4096];
        for (var i = 0; i < numbers.Length; i++)
        {
            var u = (((uint)(i + 1) * 2654435761) >> 8) / 16777216f - 0.5f;
            numbers[i] = u * Math.Abs(u) * (1 << (i / 32 % 5));
            numbers[i] = (i / 256 % 4, i % 256) switch
            {
                (1, < 64) => 0,
                (2, _) => Math.Abs(numbers[i]) + 0.25f,
                _ => numbers[i],
            };
        }

        return numbers;
    }
}
