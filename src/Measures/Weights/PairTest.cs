namespace Concord.Measures.Weights;

/// <summary>
/// Were two networks trained independently? Hidden units are matched by what they read and, again,
/// by what they write; two matchings of strangers agree by chance on hardly any unit, those of
/// relatives on most (specs/fingerprint.md, §6). With λ agreements expected, the chance of n is at
/// most λⁿ/n!, whatever the dependence of layers' sizes on each other.
/// </summary>
public static class PairTest
{
    private static readonly UnitBasis[] s_bases = Enum.GetValues<UnitBasis>();
    private static readonly PairGround[] s_grounds = Enum.GetValues<PairGround>();
    private static readonly double[] s_logs =
    [
        .. Enumerable.Range(0, 4097).Select(n => Math.Log10(n)),
    ];

    /// <summary>What two fingerprints say about each other; symmetric.</summary>
    public static PairEvidence Compare(Fingerprint left, Fingerprint right)
    {
        FoundAgreement? best = null;
        var tests = 0;
        foreach (var basis in s_bases)
        {
            var table = AgreementTable.Of(left, right, basis);
            foreach (var found in s_grounds.SelectMany(table.Evidence))
            {
                tests++;
                best = found.Log10P < (best?.Log10P ?? 0) ? found : best;
            }
        }

        var evidence = best is null ? PairEvidence.None : best.Table.Show(best);
        return evidence with
        {
            Log10P = Math.Min(0, evidence.Log10P + Math.Log10(Math.Max(1, tests))),
            SameWeights =
                left.Weights == right.Weights && Math.Min(left.Parameters, right.Parameters) > 0,
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
            log -= factor < s_logs.Length ? s_logs[factor] : Math.Log10(factor);
        }

        return Math.Min(0, log);
    }
}
