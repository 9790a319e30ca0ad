namespace Concord.Measures.Weights;

/// <summary>
/// 1,024 sign bits to scan a register by, in three parts: sums over units by their places (half of
/// them; for copies whose units stand where they stood), products of features as stored (for
/// reordered units), and products of features along the vocabulary or the path (for rotated ones).
/// </summary>
internal sealed class ScanSketch
{
    /// <summary>Bits of the first part.</summary>
    public const int Placed = 512;

    /// <summary>Bits of the second and of the third.</summary>
    public const int Mixed = 256;

    private const ulong PlaceKey = 0x7363616E706C6331;
    private const ulong MixKey = 0x7363616E6D697831;

    private readonly double[] _placed = new double[Placed];
    private readonly double[] _stored = new double[Mixed];
    private readonly double[] _turned = new double[Mixed];

    /// <summary>Adds a layer's units in one view and basis, ready but for their signs.</summary>
    /// <param name="basis">The basis.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="view">The view.</param>
    /// <param name="places">The places of the units.</param>
    /// <param name="rows">Their features.</param>
    /// <param name="axes">What they were projected on: of the stored ones two that lie near
    /// each other do so in every network.</param>
    public void Add(
        UnitBasis basis,
        int layer,
        int view,
        IReadOnlyList<int> places,
        double[][] rows,
        GridVectors axes
    )
    {
        if (basis == UnitBasis.Input)
        {
            return;
        }

        if (basis == UnitBasis.Stored)
        {
            for (var unit = 0; unit < rows.Length; unit++)
            {
                AddPlaced(layer, view, places[unit], rows[unit]);
            }
        }

        var mixed = basis == UnitBasis.Stored ? _stored : _turned;
        for (var bit = 0; bit < Mixed; bit++)
        {
            var pair = Counter.At(MixKey + (ulong)view, (ulong)bit);
            var one = (int)(pair % UnitFeatures.Projections);
            var other = (int)((pair >> 32) % (UnitFeatures.Projections - 1));
            other += other >= one ? 1 : 0;
            var near = basis == UnitBasis.Stored ? axes.Cosine(one, other) : 0;
            foreach (var row in rows)
            {
                mixed[bit] +=
                    (row[one] * row[other])
                    - (near * ((row[one] * row[one]) + (row[other] * row[other])) / 2);
            }
        }
    }

    /// <summary>The bits.</summary>
    public ulong[] Bits()
    {
        var words = new ulong[Fingerprint.ScanWords];
        UnitFeatures.Signs(_placed, words.AsSpan(0, Placed / 64));
        UnitFeatures.Signs(_stored, words.AsSpan(Placed / 64, Mixed / 64));
        UnitFeatures.Signs(_turned, words.AsSpan((Placed + Mixed) / 64, Mixed / 64));
        return words;
    }

    private void AddPlaced(int layer, int view, int place, double[] row)
    {
        var key = PlaceKey + ((ulong)layer << 8) + (ulong)view;
        var signs = 0UL;
        for (var at = 0; at < row.Length; at++)
        {
            if (at % 64 == 0)
            {
                signs = Counter.At(key, ((ulong)place << 4) + (ulong)(at / 64));
            }

            _placed[at] += ((signs >> (at % 64)) & 1) == 0 ? row[at] : -row[at];
        }
    }
}
