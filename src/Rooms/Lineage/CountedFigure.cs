using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Lineage;

/// <summary>What the register counted itself out of two small forms.</summary>
/// <param name="Log10P">
/// The probability of such agreement between strangers is at most ten to this power, corrected
/// within the pair; 0: no evidence.
/// </param>
/// <param name="SameWeights">Whether both have the same weights digest.</param>
/// <param name="Decides">
/// Whether it is below the bar of the whole register, or the weights are the same.
/// </param>
/// <param name="Child">The act with the one fingerprint.</param>
/// <param name="Parent">The act with the other.</param>
public sealed record CountedFigure(
    int Log10P,
    bool SameWeights,
    bool Decides,
    ActId Child,
    ActId Parent
);
