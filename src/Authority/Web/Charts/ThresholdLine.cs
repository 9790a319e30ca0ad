using Concord.Measures;

namespace Concord.Authority.Web.Charts;

/// <summary>A legal threshold as a line on a chart.</summary>
/// <param name="At">The number of operations.</param>
/// <param name="Law">Whose law, in a word or two.</param>
/// <param name="Meaning">What it decides, in two or three words.</param>
public sealed record ThresholdLine(Flop At, string Law, string Meaning)
{
    /// <summary>
    /// Whether it only leads to the question that a law is asked; scales of one figure leave it
    /// out.
    /// </summary>
    public bool IsLower { get; init; }
}
