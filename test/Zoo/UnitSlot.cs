namespace Concord.Zoo;

/// <summary>Where units of a group lie in a tensor.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Axis">The axis along which they lie.</param>
/// <param name="At">Where on the axis the first begins.</param>
/// <param name="Chunk">How many places each takes.</param>
/// <param name="Side">What becomes of it when a unit is multiplied.</param>
public sealed record UnitSlot(
    string Tensor,
    int Axis,
    SlotSide Side = SlotSide.Still,
    int At = 0,
    int Chunk = 1
);
