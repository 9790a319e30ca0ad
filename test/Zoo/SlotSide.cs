namespace Concord.Zoo;

/// <summary>What becomes of a slot when a unit is multiplied by a factor.</summary>
public enum SlotSide
{
    /// <summary>Nothing.</summary>
    Still,

    /// <summary>It is multiplied.</summary>
    Times,

    /// <summary>It is divided.</summary>
    Over,
}
