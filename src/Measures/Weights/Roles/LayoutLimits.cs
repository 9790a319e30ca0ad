namespace Concord.Measures.Weights.Roles;

/// <summary>
/// How large a layer may be to be looked at: above what any network has, and below what would take
/// all memory of whoever reads a file that claims it.
/// </summary>
internal static class LayoutLimits
{
    /// <summary>Numbers of a unit's vector.</summary>
    public const int Width = 1 << 16;

    /// <summary>Units of a layer around a stream, those of all experts together.</summary>
    public const int Units = 1 << 20;

    /// <summary>Units of all links of a chain, each of which is followed.</summary>
    public const int ChainUnits = 1 << 13;

    /// <summary>A link counts as so many units at least: there are 512 at most.</summary>
    public const int LeastLinkUnits = 16;

    /// <summary>Numbers of one link.</summary>
    public const int LinkElements = 1 << 23;
}
