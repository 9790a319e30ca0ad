namespace Concord.Measures.Weights.Roles;

/// <summary>
/// The BatchNorm after a link: at inference it multiplies each unit by a constant, and exporters
/// multiply that into the link's own numbers.
/// </summary>
/// <param name="Gain">By what each unit is multiplied once normed; null: by one.</param>
/// <param name="Spread">The variances that training has seen.</param>
public sealed record BatchNorm(WeightsTensor? Gain, WeightsTensor Spread)
{
    /// <summary>What PyTorch adds to variances unless told otherwise.</summary>
    private const double Epsilon = 1e-5;

    /// <summary>What each unit is multiplied by, of either sign.</summary>
    public float[] Factors()
    {
        var numbers = new TensorNumbers();
        var factors = new float[Spread.Elements];
        numbers.Read(Spread, 0, factors);
        var gains = new float[factors.Length];
        Array.Fill(gains, 1);
        if (Gain is not null)
        {
            numbers.Read(Gain, 0, gains);
        }

        for (var unit = 0; unit < factors.Length; unit++)
        {
            factors[unit] = (float)(gains[unit] / Math.Sqrt(factors[unit] + Epsilon));
        }

        return factors;
    }
}
