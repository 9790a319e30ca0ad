using System.Globalization;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Pairs;

namespace Concord.Cli.Scanning;

/// <summary>Verdicts, odds and relations in words, never stronger than what was counted.</summary>
internal static class Odds
{
    /// <summary>
    /// How many fingerprints a register is taken to have: the bar of all verdicts.
    /// </summary>
    public const long Entries = 1_000_000;

    /// <summary>The verdict on two.</summary>
    public static string Verdict(PairEvidence evidence, EqualTensors? equal)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence.SameWeights ? "the same weights"
            : RelationSuggestion.AreRelated(evidence, equal, Entries) ? "not trained independently"
            : "no evidence";
    }

    /// <summary>
    /// The odds: how often networks that were trained independently would agree so much.
    /// </summary>
    public static string Say(double log10P) =>
        log10P > -1
            ? "no more than chance gives"
            : $"less than once in {Power(log10P)} comparisons";

    /// <summary>Ten to the whole power that is certainly reached: 10⁴².</summary>
    public static string Power(double log10P)
    {
        const string raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        var exponent = double.IsInfinity(log10P) ? 1_000_000 : (long)Math.Floor(-log10P);
        return "10"
            + string.Concat(
                exponent.ToString(CultureInfo.InvariantCulture).Select(digit => raised[digit - '0'])
            );
    }

    /// <summary>A relation in words.</summary>
    public static string Say(SuggestedRelation relation) =>
        relation switch
        {
            SuggestedRelation.Copy => "copy",
            SuggestedRelation.Conversion => "conversion",
            SuggestedRelation.Quantisation => "quantisation",
            SuggestedRelation.Pruning => "pruning",
            SuggestedRelation.Adapter => "adapter",
            SuggestedRelation.Merge => "merge",
            _ => "fine-tune or continued training",
        };

    /// <summary>A number of bytes or weights: 1.2 G.</summary>
    public static string Count(long number)
    {
        foreach (
            var (scale, unit) in ((long, string)[])
                [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")]
        )
        {
            if (number >= scale)
            {
                var shown = (double)number / scale;
                return shown.ToString(shown < 10 ? "0.#" : "0", CultureInfo.InvariantCulture)
                    + $" {unit}";
            }
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A share as per cent.</summary>
    public static string Percent(double share) =>
        (share * 100).ToString(share is > 0 and < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture)
        + " %";
}
