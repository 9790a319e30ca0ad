using Concord.Measures.Weights;
using Concord.Measures.Weights.Digests;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

public sealed class EvidenceTests
{
    [Fact]
    public void Trained_numbers_are_evidence()
    {
        var tensor = GivenWeights.Some("w", [128, 129], new(3));
        Assert.Equal(EvidenceKind.Evidence, KindOf(tensor));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_Fourier_basis_is_none_even_in_four_bits(int bits)
    {
        var basis = new ZooTensor("basis", [258, 256], [.. Basis(258, 256)]);
        var stored = bits == 0 ? basis : Roughened.Int4(One(basis)).Tensors[0];
        Assert.Equal(EvidenceKind.Waves, KindOf(stored));
    }

    [Fact]
    public void Sinusoidal_positions_are_none_along_either_axis()
    {
        float[] positions =
        [
            .. from position in Enumerable.Range(0, 512)
            from at in Enumerable.Range(0, 64)
            select (float)
                Math.Sin((position / Math.Pow(10000, at / 2 * 2 / 64.0)) + (at % 2 * Math.PI / 2)),
        ];
        Assert.Equal(EvidenceKind.Waves, KindOf(new("positions", [512, 64], positions)));
    }

    [Fact]
    public void Masks_ones_and_small_tables_are_none()
    {
        var mask = new float[128 * 128];
        for (var at = 0; at < mask.Length; at++)
        {
            mask[at] = at % 128 > at / 128 ? float.NegativeInfinity : 0;
        }

        Assert.Equal(EvidenceKind.Constant, KindOf(new("mask", [128, 128], mask)));
        Assert.Equal(
            EvidenceKind.Constant,
            KindOf(new("ones", [64, 64], [.. Enumerable.Repeat(1f, 4096)]))
        );
        Assert.Equal(EvidenceKind.Small, KindOf(GivenWeights.Some("bias", [8192], new(1))));
        Assert.Equal(EvidenceKind.Small, KindOf(GivenWeights.Some("little", [32, 32], new(1))));
    }

    [Fact]
    public void Indices_are_none_and_bytes_of_weights_are()
    {
        var bytes = new byte[8192];
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] = (byte)(at * 2654435761L >> 13);
        }

        Assert.Equal(
            EvidenceKind.NoWeights,
            EvidenceCheck.Of(GivenWeights.Tensor("ids", [32, 32], ElementType.I64, bytes))
        );
        Assert.Equal(
            EvidenceKind.Evidence,
            EvidenceCheck.Of(GivenWeights.Tensor("w", [64, 128], ElementType.I8, bytes))
        );
    }

    [Fact]
    public void Strangers_that_share_a_basis_stay_strangers()
    {
        var basis = new ZooTensor("stft.basis", [258, 256], [.. Basis(258, 256)]);
        var (one, other) = (GivenWeights.Llama(1), GivenWeights.Llama(2));
        var evidence = PairTest.Compare(
            GivenWeights.Of(one with { Tensors = [.. one.Tensors, basis] }),
            GivenWeights.Of(other with { Tensors = [.. other.Tensors, basis] })
        );
        Assert.False(evidence.Decides(1));
    }

    private static IEnumerable<float> Basis(int rows, int columns) =>
        from row in Enumerable.Range(0, rows)
        from at in Enumerable.Range(0, columns)
        let window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * at / columns))
        let angle = 2 * Math.PI * (row % (rows / 2)) * at / columns
        select (float)(window * (row < rows / 2 ? Math.Cos(angle) : -Math.Sin(angle)));

    private static ZooNet One(ZooTensor tensor) =>
        new() { Architecture = "conv", Tensors = [tensor] };

    private static EvidenceKind KindOf(ZooTensor tensor) =>
        EvidenceCheck.Of(
            GivenWeights.Tensor(
                tensor.Name,
                Array.ConvertAll(tensor.Shape, size => (long)size),
                tensor.Values
            )
        );
}
