using Concord.Measures.Weights;
using CsCheck;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

public sealed class FingerprintTests
{
    private static readonly Fingerprint _large = GivenWeights.Of(GivenWeights.Llama(1));

    [Fact]
    public void What_is_written_is_read()
    {
        foreach (var fingerprint in (Fingerprint[])[_large, _large.Small()])
        {
            var bytes = fingerprint.Write();
            Assert.True(Fingerprint.TryRead(bytes, out var read, out var fault), fault);
            Assert.Equal(bytes, read.Write());
        }
    }

    [Fact]
    public void Both_forms_keep_within_their_sizes()
    {
        Assert.InRange(_large.Write().Length, Fingerprint.SmallBytes, Fingerprint.LargeBytes);
        Assert.InRange(_large.Small().Write().Length, 1024, Fingerprint.SmallBytes);
        Assert.True(_large.IsLarge);
        Assert.False(_large.Small().IsLarge);
    }

    [Theory]
    [InlineData(0, 0xFF, "byte 0")]
    [InlineData(4, 2, "version 2")]
    [InlineData(5, 3, "3 words")]
    [InlineData(7, 0xFF, "layers")]
    [InlineData(184, 0xFF, "the head of the layer")]
    public void What_is_wrong_is_told_with_its_place(int at, byte value, string words)
    {
        var bytes = _large.Small().Write();
        bytes[at] = value;
        Assert.False(Fingerprint.TryRead(bytes, out _, out var fault));
        Assert.Contains(words, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_layers_is_written_one_way()
    {
        var bytes = GivenWeights.Read(GivenWeights.Contents()).Fingerprint.Write();
        Assert.True(Fingerprint.TryRead(bytes, out _, out var fault), fault);
        bytes[5] = 8;
        Assert.False(Fingerprint.TryRead(bytes, out _, out fault));
        Assert.Contains("without layers", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void No_byte_may_lack_or_follow()
    {
        var bytes = _large.Small().Write();
        Assert.False(Fingerprint.TryRead(bytes.AsSpan(..^1), out _, out _));
        Assert.False(Fingerprint.TryRead((byte[])[.. bytes, 0], out _, out var fault));
        Assert.Contains("follow", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_bytes_are_read_or_refused_and_nothing_else()
    {
        var bytes = _large.Small().Write();
        Gen.Select(Gen.Int[0, 600], Gen.Byte, Gen.Int[0, 2000])
            .Sample(
                (at, value, cut) =>
                {
                    var changed = bytes[..(bytes.Length - Math.Max(0, cut - 1000))];
                    changed[at] = value;
                    if (Fingerprint.TryRead(changed, out var read, out var fault))
                    {
                        Assert.Equal(changed, read.Write());
                    }
                    else
                    {
                        Assert.NotEmpty(fault);
                    }
                }
            );
    }
}
