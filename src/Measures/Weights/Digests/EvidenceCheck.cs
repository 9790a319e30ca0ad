namespace Concord.Measures.Weights.Digests;

/// <summary>
/// Which tensors can speak for a common origin. What everybody computes alike (Fourier bases,
/// rotary tables, masks, ones) is the same in strangers and says nothing (specs/fingerprint.md,
/// §3).
/// </summary>
public static class EvidenceCheck
{
    /// <summary>A tensor of fewer numbers says too little.</summary>
    public const int FewestElements = 4096;

    private const int Sampled = 4096;
    private const int FewestDifferent = 16;

    /// <summary>Whether a tensor is evidence, or why not.</summary>
    public static EvidenceKind Of(WeightsTensor tensor)
    {
        if (!HoldsWeights(tensor.Element))
        {
            return EvidenceKind.NoWeights;
        }

        var sizes = Roles.LayoutReader.Sizes(tensor);
        if (tensor.Elements < FewestElements || sizes.Length < 2)
        {
            return EvidenceKind.Small;
        }

        var numbers = new TensorNumbers();
        return HasFewDifferent(tensor, numbers) ? EvidenceKind.Constant
            : Waves.AreIn(tensor, numbers) ? EvidenceKind.Waves
            : EvidenceKind.Evidence;
    }

    private static bool HoldsWeights(ElementType element) =>
        element
            is not (
                ElementType.Opaque
                or ElementType.C64
                or ElementType.Bool
                or ElementType.I16
                or ElementType.U16
                or ElementType.I32
                or ElementType.U32
                or ElementType.I64
                or ElementType.U64
                or ElementType.F8E8M0
            );

    /// <summary>
    /// Two stretches of the tensor, near a third and two thirds of it, hold few different numbers.
    /// </summary>
    private static bool HasFewDifferent(WeightsTensor tensor, TensorNumbers numbers)
    {
        var sample = new float[Math.Min(Sampled / 2, tensor.Elements / 2)];
        var different = new HashSet<float>();
        foreach (var third in (long[])[1, 2])
        {
            var first = Math.Min(tensor.Elements / 3 * third, tensor.Elements - sample.Length);
            numbers.Read(tensor, first, sample);
            foreach (var value in sample)
            {
                if (value != 0 && different.Add(value) && different.Count == FewestDifferent)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
