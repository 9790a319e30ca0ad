using Concord.Measures.Weights;

namespace Concord.Tests.Measures.Weights.Index;

/// <summary>Fingerprints out of a seed: strangers, and relatives of what was given.</summary>
internal sealed class GivenForms
{
    private readonly Random _random;

    public GivenForms(int seed) => _random = new(seed);

    public Fingerprint Stranger(
        UnitKind kind = UnitKind.Gated,
        int layers = 4,
        int units = 40,
        int words = 1,
        params UnitBasis[] bases
    )
    {
        var views = kind switch
        {
            UnitKind.Gated => 3,
            UnitKind.Recurrent => 4,
            _ => 2,
        };
        return new()
        {
            Weights = Digest(),
            Parameters = 1_000_000,
            SixteenthBits = 256,
            ZerosPerMillion = 0,
            Scan = Words(Fingerprint.ScanWords),
            Layers =
            [
                .. Enumerable
                    .Range(0, layers)
                    .Select(layer => Layer(kind, layer, layers, views, units, words, bases)),
            ],
        };
    }

    /// <summary>
    /// One that was made of another: each sign differs with a chance; of the sketch too, unless the
    /// stream was rotated, after which nothing seen in stored coordinates is the same.
    /// </summary>
    public Fingerprint Relative(Fingerprint of, double flips, bool rotated = false) =>
        new()
        {
            Weights = Digest(),
            Parameters = of.Parameters,
            SixteenthBits = of.SixteenthBits,
            ZerosPerMillion = of.ZerosPerMillion,
            Scan = rotated ? Words(of.Scan.Length) : Flipped(of.Scan, flips),
            Layers = [.. of.Layers.Select(layer => Relative(layer, flips, rotated))],
        };

    public WeightsDigest Digest()
    {
        var bytes = new byte[WeightsDigest.Length];
        _random.NextBytes(bytes);
        return new(bytes);
    }

    public ulong[] Words(int count)
    {
        var words = new ulong[count];
        for (var at = 0; at < count; at++)
        {
            words[at] = (ulong)_random.NextInt64() ^ ((ulong)_random.NextInt64() << 32);
        }

        return words;
    }

    public ulong[] Flipped(ReadOnlyMemory<ulong> words, double chance)
    {
        var flipped = words.ToArray();
        for (var bit = 0; bit < 64 * flipped.Length; bit++)
        {
            if (_random.NextDouble() < chance)
            {
                flipped[bit / 64] ^= 1UL << (bit % 64);
            }
        }

        return flipped;
    }

    private UnitSketch Layer(
        UnitKind kind,
        int layer,
        int layers,
        int views,
        int units,
        int words,
        UnitBasis[] bases
    )
    {
        var places = Enumerable.Range(0, 70_000).ToArray();
        _random.Shuffle(places);
        return new()
        {
            Kind = kind,
            Layer = layer,
            Layers = layers,
            Exchangeable = places.Length,
            Places = places[..units],
            Views = views,
            Bases = bases.Length == 0 ? [UnitBasis.Stored, UnitBasis.Output] : bases,
            Words = words,
            Bits = Words(Math.Max(bases.Length, bases.Length == 0 ? 2 : 0) * views * units * words),
        };
    }

    private UnitSketch Relative(UnitSketch of, double flips, bool rotated)
    {
        var order = Enumerable.Range(0, of.Units).ToArray();
        _random.Shuffle(order);
        var (bits, flipped) = (new List<ulong>(), Flipped(of.Bits, flips));
        for (var basis = 0; basis < of.Bases.Count; basis++)
        {
            for (var view = 0; view < of.Views; view++)
            {
                var first = ((basis * of.Views) + view) * of.Units;
                var seen = order
                    .SelectMany(unit => flipped.Skip((first + unit) * of.Words).Take(of.Words))
                    .ToArray();
                bits.AddRange(
                    rotated && of.Bases[basis] == UnitBasis.Stored ? Words(seen.Length) : seen
                );
            }
        }

        return new()
        {
            Kind = of.Kind,
            Layer = of.Layer,
            Layers = of.Layers,
            Exchangeable = of.Exchangeable,
            Places = [.. order.Select(unit => of.Places[unit])],
            Views = of.Views,
            Bases = of.Bases,
            Words = of.Words,
            Bits = bits.ToArray(),
        };
    }
}
