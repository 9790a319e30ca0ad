using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Rooms.Lineage;

/// <summary>Why we think that one thing was made from another.</summary>
public enum EdgeBasis
{
    /// <summary>Its maker declares it.</summary>
    Declaration,

    /// <summary>A public source says so.</summary>
    Report,

    /// <summary>The weights have the same digest.</summary>
    Digest,

    /// <summary>
    /// The weights were not trained independently, by a figure that the register has counted.
    /// </summary>
    Evidence,
}

/// <summary>One thing made from another.</summary>
/// <param name="Parent">What it was made from.</param>
/// <param name="Child">What was made.</param>
/// <param name="Relation">How; null: the source does not say.</param>
/// <param name="Basis">Why we think so.</param>
/// <param name="Act">The log index of the act that says it.</param>
/// <param name="Compute">Compute of the modification.</param>
/// <param name="Log10P">
/// With evidence: the probability of such agreement between strangers is at most ten to this power.
/// </param>
public sealed record Edge(
    SubjectId Parent,
    SubjectId Child,
    Relation? Relation,
    EdgeBasis Basis,
    long Act,
    FlopRange Compute,
    int? Log10P = null
);
