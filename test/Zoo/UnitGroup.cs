namespace Concord.Zoo;

/// <summary>
/// Interchangeable units: the hidden units of an MLP, of an expert or of an LSTM, channels of a
/// convolution, heads, the axis of the residual stream. Together its slots cover each axis they
/// name.
/// </summary>
/// <param name="Count">How many units.</param>
/// <param name="Freedom">What may be done to them.</param>
/// <param name="Slots">Where they lie.</param>
public sealed record UnitGroup(int Count, UnitFreedom Freedom, IReadOnlyList<UnitSlot> Slots)
{
    /// <summary>The network with these units of the group, in this order.</summary>
    public ZooNet Select(ZooNet net, int[] units)
    {
        foreach (var lying in Slots.GroupBy(slot => (slot.Tensor, slot.Axis)))
        {
            var places = lying.OrderBy(slot => slot.At).SelectMany(slot => Places(slot, units));
            net = net.With(net[lying.Key.Tensor].Select(lying.Key.Axis, [.. places]));
        }

        return net;
    }

    /// <summary>The network with each unit of the group multiplied by its factor.</summary>
    public ZooNet Scale(ZooNet net, double[] factors)
    {
        foreach (var slot in Slots.Where(slot => slot.Side != SlotSide.Still))
        {
            var tensor = net[slot.Tensor];
            var along = new double[tensor.Shape[slot.Axis]];
            Array.Fill(along, 1);
            for (var unit = 0; unit < Count; unit++)
            {
                var factor = slot.Side == SlotSide.Times ? factors[unit] : 1 / factors[unit];
                Array.Fill(along, factor, slot.At + unit * slot.Chunk, slot.Chunk);
            }

            net = net.With(tensor.Scale(slot.Axis, along));
        }

        return net;
    }

    /// <summary>
    /// The network with the vector of the units multiplied by a matrix wherever it lies.
    /// </summary>
    public ZooNet Turn(ZooNet net, double[][] matrix)
    {
        foreach (var slot in Slots.Where(slot => slot.Side != SlotSide.Still))
        {
            net = net.With(net[slot.Tensor].Turn(slot.Axis, matrix));
        }

        return net;
    }

    private static IEnumerable<int> Places(UnitSlot slot, int[] units) =>
        units.SelectMany(unit => Enumerable.Range(slot.At + unit * slot.Chunk, slot.Chunk));
}
