using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Digests;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using CsCheck;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

public sealed class DigestTests
{
    private static readonly float[] _coarse =
    [
        .. Enumerable.Range(0, 8192).Select(at => ((at * 37 % 251) - 125) / 64f),
    ];

    [Fact]
    public void Equal_numbers_have_one_digest_in_every_container()
    {
        var narrow = StoredAs.Bytes(ElementType.BF16, _coarse);
        var half = StoredAs.Bytes(ElementType.F16, _coarse);
        var single = StoredAs.Bytes(ElementType.F32, _coarse);
        var digest = Digest(ElementType.BF16, narrow);
        Assert.Equal(digest, Digest(ElementType.F16, half));
        Assert.Equal(digest, Digest(ElementType.F32, single));
    }

    [Fact]
    public void Numbers_that_no_half_holds_are_hashed_as_they_are()
    {
        var fine = Array.ConvertAll(_coarse, value => value + 1e-6f);
        var single = Digest(ElementType.F32, StoredAs.Bytes(ElementType.F32, fine));
        Assert.NotEqual(single, Digest(ElementType.F16, StoredAs.Bytes(ElementType.F16, fine)));
    }

    [Fact]
    public void Zero_has_one_sign_and_there_is_one_NaN()
    {
        var (one, other) = ((float[])_coarse.Clone(), (float[])_coarse.Clone());
        (one[5], other[5]) = (0f, -0f);
        (one[6], other[6]) = (float.NaN, BitConverter.UInt32BitsToSingle(0xFFC0_0001));
        foreach (var element in (ElementType[])[ElementType.F32, ElementType.F16, ElementType.BF16])
        {
            Assert.Equal(
                Digest(element, StoredAs.Bytes(element, one)),
                Digest(element, StoredAs.Bytes(element, other))
            );
        }
    }

    [Fact]
    public void A_late_number_that_fits_no_half_changes_how_all_of_the_tensor_is_hashed()
    {
        var values = new float[(1 << 19) + 4096];
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = _coarse[at % _coarse.Length];
        }

        values[^1] = 1.0000001f;
        var bytes = MemoryMarshal.AsBytes<float>(values);
        var head = new byte[16];
        (head[0], head[1]) = (3, 1);
        BitConverter.TryWriteBytes(head.AsSpan(8), (long)values.Length);
        var expected = SHA256.HashData(
            (byte[])
                [
                    .. head,
                    .. SHA256.HashData(bytes[..(4 << 19)]),
                    .. SHA256.HashData(bytes[(4 << 19)..]),
                ]
        );
        Assert.Equal(
            Convert.ToHexStringLower(expected),
            Digest(ElementType.F32, bytes, values.Length).ToString()
        );
    }

    [Fact]
    public void Sizes_of_one_do_not_enter_and_the_order_of_sizes_does()
    {
        var bytes = StoredAs.Bytes(ElementType.F32, _coarse);
        Assert.Equal(
            Digest(ElementType.F32, bytes, 64, 128),
            Digest(ElementType.F32, bytes, 64, 1, 128, 1)
        );
        Assert.NotEqual(
            Digest(ElementType.F32, bytes, 64, 128),
            Digest(ElementType.F32, bytes, 128, 64)
        );
    }

    [Fact]
    public void Names_order_shards_and_containers_do_not_change_the_weights_digest()
    {
        var net = GivenWeights.Llama(1);
        var digest = GivenWeights.Of(net).Weights;
        Assert.Equal(digest, GivenWeights.Of(Renamed.Scrambled(net, 3)).Weights);
        Assert.Equal(
            digest,
            GivenWeights.Of(net with { Tensors = [.. net.Tensors.Reverse()] }).Weights
        );
        var rounded = StoredAs.Rounded(ElementType.BF16, net);
        Assert.Equal(
            GivenWeights.Of(rounded).Weights,
            GivenWeights.Read(InMemory.Contents(rounded, ElementType.BF16)).Fingerprint.Weights
        );
        Assert.NotEqual(digest, GivenWeights.Of(Roughened.Noise(net, 0.001, 1)).Weights);
    }

    [Fact]
    public void A_tensor_that_occurs_twice_counts_twice()
    {
        var digest = GivenWeights.Of(GivenWeights.Llama(1)).Weights;
        Assert.NotEqual(WeightsTree.Root([digest]), WeightsTree.Root([digest, digest]));
    }

    [Fact]
    public void The_root_is_that_of_RFC_9162_over_the_sorted_digests() =>
        Gen
            .Byte.Array[32]
            .Array[0, 20]
            .Sample(leaves =>
            {
                var digests = leaves.Select(leaf => new WeightsDigest(leaf)).ToArray();
                var sorted = digests.Order().Select(one => one.ToArray()).ToArray();
                return WeightsTree.Root(digests) == new WeightsDigest(TreeHash(sorted));
            });

    [Fact]
    public void How_many_threads_read_makes_no_difference()
    {
        var contents = InMemory.Contents(GivenWeights.Llama(4));
        Assert.Equal(
            GivenWeights.Read(contents, workers: 1).Fingerprint.Write(),
            GivenWeights.Read(contents, workers: 4).Fingerprint.Write()
        );
    }

    private static byte[] TreeHash(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.Length == 0
                ? SHA256.HashData([])
                : SHA256.HashData((byte[])[0, .. leaves[0]]);
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return SHA256.HashData(
            (byte[])[1, .. TreeHash(leaves[..split]), .. TreeHash(leaves[split..])]
        );
    }

    private static WeightsDigest Digest(
        ElementType element,
        ReadOnlySpan<byte> bytes,
        params long[] shape
    ) =>
        GivenWeights
            .Read(
                GivenWeights.Contents(
                    GivenWeights.Tensor("t", shape is [] ? [64, 128] : shape, element, bytes)
                )
            )
            .Tensors[0]
            .Digest;
}
