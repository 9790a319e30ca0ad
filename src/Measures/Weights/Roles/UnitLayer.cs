namespace Concord.Measures.Weights.Roles;

/// <summary>The hidden units of one layer and the views of them.</summary>
/// <param name="Kind">The kind of unit.</param>
/// <param name="Views">The views.</param>
public sealed record UnitLayer(UnitKind Kind, IReadOnlyList<UnitView> Views)
{
    /// <summary>How many units.</summary>
    public int Units => Views[0].Units;

    /// <summary>How many numbers the vector of a unit has.</summary>
    public int Width => Views[0].Parts[0].Width;

    /// <summary>Among how many the place of a unit is arbitrary: those of one expert.</summary>
    public int Exchangeable => Views[0].Parts.Min(part => part.Units);
}
