using System.Buffers.Text;
using Concord.Ledger;
using Concord.Measures.Weights;

namespace Concord.Tests;

/// <summary>
/// Fingerprints of networks that were never trained: units are random sign patterns, the same for
/// one network wherever it appears, and a relative keeps a share of them.
/// </summary>
internal static class Prints
{
    private const int Views = 3;

    /// <summary>A fingerprint.</summary>
    /// <param name="network">Which network; two numbers are strangers.</param>
    /// <param name="variant">0 is the network itself, others are made from it.</param>
    /// <param name="kept">Of a hundred units, how many a variant keeps.</param>
    /// <param name="units">How many units each of four layers has.</param>
    /// <param name="isLarge">Whether it is the large form.</param>
    public static Fingerprint Of(
        int network,
        int variant = 0,
        int kept = 70,
        int units = 48,
        bool isLarge = false
    ) =>
        new()
        {
            Weights = new(Digest.Of(BitConverter.GetBytes((network * 1000) + variant)).ToArray()),
            Parameters = 1_000_000,
            SixteenthBits = 256,
            ZerosPerMillion = 0,
            Scan = new ulong[Fingerprint.ScanWords],
            Layers =
            [
                .. Enumerable
                    .Range(0, 4)
                    .Select(layer => Layer(network, variant, kept, units, isLarge ? 8 : 1, layer)),
            ],
        };

    /// <summary>The bytes of a form in base64url.</summary>
    public static string Text(Fingerprint fingerprint) =>
        Base64Url.EncodeToString(fingerprint.Write());

    private static UnitSketch Layer(
        int network,
        int variant,
        int kept,
        int units,
        int words,
        int layer
    )
    {
        UnitBasis[] bases = [UnitBasis.Stored, UnitBasis.Output];
        var bits = new ulong[bases.Length * Views * units * words];
        var at = 0;
        for (var side = 0; side < bases.Length * Views; side++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var isKept = variant == 0 || Mixed(variant, layer, unit, 7) % 100 < (ulong)kept;
                var own = isKept ? 0 : variant;
                for (var word = 0; word < words; word++)
                {
                    bits[at++] = Mixed((network * 1000) + own, layer, unit, (side * 16) + word);
                }
            }
        }

        return new()
        {
            Kind = UnitKind.Gated,
            Layer = layer,
            Layers = 4,
            Exchangeable = 512,
            Places = [.. Enumerable.Range(0, units)],
            Views = Views,
            Bases = bases,
            Words = words,
            Bits = bits,
        };
    }

    private static ulong Mixed(params ReadOnlySpan<int> parts)
    {
        var mixed = 0x9E3779B97F4A7C15UL;
        foreach (var part in parts)
        {
            mixed = (mixed ^ (uint)part) * 0xBF58476D1CE4E5B9UL;
            mixed ^= mixed >> 29;
            mixed *= 0x94D049BB133111EBUL;
            mixed ^= mixed >> 32;
        }

        return mixed;
    }
}
