using System.Runtime.InteropServices;
using Concord.Measures.Weights;

namespace Concord.Bench.Weights;

/// <summary>
/// Fingerprints out of a number, as large as the small form may be: eight layers of gated units,
/// three bases. The same number gives the same again, so that a million need not be kept.
/// </summary>
internal sealed class BenchForms(ulong seed)
{
    private const int Layers = 8;
    private const int Views = 3;
    private const int Units = 52;
    private const int Exchangeable = 11_008;

    private static readonly UnitBasis[] s_bases =
    [
        UnitBasis.Stored,
        UnitBasis.Output,
        UnitBasis.Input,
    ];

    /// <summary>The fingerprint with a number.</summary>
    public Fingerprint Of(ulong number)
    {
        var random = new Sequence(seed ^ (number * 0x9E3779B97F4A7C15));
        var digest = new byte[WeightsDigest.Length];
        random.Fill(MemoryMarshal.Cast<byte, ulong>(digest.AsSpan()));
        var scan = new ulong[Fingerprint.ScanWords];
        random.Fill(scan);
        return New(
            new(digest),
            scan,
            layer =>
            {
                var bits = new ulong[s_bases.Length * Views * Units];
                random.Fill(bits);
                return (Places(random.Next()), bits);
            }
        );
    }

    /// <summary>
    /// What was made of a fingerprint: of each word so many signs differ at the most; if rotated,
    /// what is seen in stored coordinates is that of a stranger.
    /// </summary>
    public Fingerprint Relative(Fingerprint of, ulong number, int flips, bool rotated)
    {
        var stranger = Of(number);
        var random = new Sequence(number);
        var stored = Views * Units;
        return New(
            stranger.Weights,
            rotated ? stranger.Scan.ToArray() : Flipped(of.Scan, 4 * flips, random),
            layer =>
            {
                var bits = Flipped(of.Layers[layer].Bits, flips, random);
                if (rotated)
                {
                    stranger.Layers[layer].Bits.Span[..stored].CopyTo(bits);
                }

                return ([.. of.Layers[layer].Places], bits);
            }
        );
    }

    private static ulong[] Flipped(ReadOnlyMemory<ulong> words, int flips, Sequence random)
    {
        var flipped = words.ToArray();
        for (var word = 0; word < flipped.Length; word++)
        {
            for (var flip = 0; flip < flips; flip++)
            {
                flipped[word] ^= 1UL << (int)(random.Next() % 64);
            }
        }

        return flipped;
    }

    private static int[] Places(ulong random)
    {
        var places = new int[Units];
        for (var unit = 0; unit < Units; unit++)
        {
            var step = (int)((random >> (unit % 48)) % (Exchangeable / Units));
            places[unit] = (unit * (Exchangeable / Units)) + step;
        }

        return places;
    }

    private static Fingerprint New(
        WeightsDigest digest,
        ulong[] scan,
        Func<int, (int[] Places, ulong[] Bits)> layerOf
    ) =>
        new()
        {
            Weights = digest,
            Parameters = 7_000_000_000,
            SixteenthBits = 256,
            ZerosPerMillion = 0,
            Scan = scan,
            Layers =
            [
                .. Enumerable
                    .Range(0, Layers)
                    .Select(layer =>
                    {
                        var (places, bits) = layerOf(layer);
                        return new UnitSketch
                        {
                            Kind = UnitKind.Gated,
                            Layer = layer * 4,
                            Layers = Layers * 4,
                            Exchangeable = Exchangeable,
                            Places = places,
                            Views = Views,
                            Bases = s_bases,
                            Words = 1,
                            Bits = bits,
                        };
                    }),
            ],
        };

    /// <summary>xorshift64* (Vigna 2016), begun by SplitMix64.</summary>
    private sealed class Sequence
    {
        private ulong _state;

        public Sequence(ulong seed)
        {
            var z = seed + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            _state = (z ^ (z >> 31)) | 1;
        }

        public ulong Next()
        {
            _state ^= _state >> 12;
            _state ^= _state << 25;
            _state ^= _state >> 27;
            return _state * 0x2545F4914F6CDD1D;
        }

        public void Fill(Span<ulong> words)
        {
            foreach (ref var word in words)
            {
                word = Next();
            }
        }
    }
}
