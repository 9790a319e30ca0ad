using Concord.Measures.Weights;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>What is known among a million by either form, and what by neither.</summary>
internal static class Verdicts
{
    private const long Entries = 1_000_000;

    public static void Known(Fingerprint one, Fingerprint other)
    {
        Assert.True(PairTest.Compare(one, other).Decides(Entries));
        Assert.True(PairTest.Compare(one.Small(), other.Small()).Decides(Entries));
    }

    public static void Unknown(Fingerprint one, Fingerprint other)
    {
        Assert.False(PairTest.Compare(one, other).Decides(Entries));
        Assert.False(PairTest.Compare(one.Small(), other.Small()).Decides(Entries));
    }
}
