namespace Concord.Zoo;

/// <summary>What may be done to the units of a group so that the function stays.</summary>
public enum UnitFreedom
{
    /// <summary>Another order.</summary>
    Order,

    /// <summary>Another order, and another sign.</summary>
    Sign,

    /// <summary>Another order, and a positive factor.</summary>
    PositiveScale,

    /// <summary>Another order, and a factor of either sign.</summary>
    Scale,
}
