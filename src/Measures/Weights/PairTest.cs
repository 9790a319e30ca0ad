namespace Concord.Measures.Weights;

/// <summary>
/// Were two networks trained independently? Hidden units are matched by what they read and, again,
/// by what they write; two matchings of strangers agree by chance on hardly any unit, those of
/// relatives on most (specs/fingerprint.md, §4). With λ agreements expected, the chance of n is at
/// most λⁿ/n!, whatever the dependence of layers' sizes on each other.
/// </summary>
public static class PairTest
{
    /// <summary>What two fingerprints say about each other; symmetric.</summary>
    public static PairEvidence Compare(Fingerprint left, Fingerprint right)
    {
        var best = PairEvidence.None;
        var tests = 0;
        foreach (var basis in Enum.GetValues<UnitBasis>())
        {
            var table = AgreementTable.Of(left, right, basis);
            foreach (var ground in Enum.GetValues<PairGround>())
            {
                foreach (var found in table.Evidence(ground))
                {
                    tests++;
                    best = found.Log10P < best.Log10P ? found : best;
                }
            }
        }

        return best with
        {
            Log10P = Math.Min(0, best.Log10P + Math.Log10(Math.Max(1, tests))),
            SameWeights = left.Weights == right.Weights && left.Parameters > 0,
        };
    }

    /// <summary>The logarithm to base ten of λⁿ/n!, at most zero.</summary>
    internal static double Log10Bound(int agreements, double expected)
    {
        if (agreements == 0)
        {
            return 0;
        }

        if (expected <= 0)
        {
            return double.NegativeInfinity;
        }

        var log = agreements * Math.Log10(expected);
        for (var factor = 2; factor <= agreements; factor++)
        {
            log -= Math.Log10(factor);
        }

        return Math.Min(0, log);
    }
}
