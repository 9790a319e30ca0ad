using System.Buffers.Binary;

namespace Concord.Measures.Weights.Index;

/// <summary>
/// What of a fingerprint is screened: two sketched layers, of each up to 56 of the strongest units
/// in their last two views (what they read, what they write), in a basis that follows a rotation
/// where there is one. 2,048 bytes, little-endian: two heads of 16 bytes (kind, basis, layer in two
/// bytes, units in two, two of zero, how many units may change places in four, four of zero; all
/// zero where there is no layer), then for each its places, modulo 65,536 in two bytes each, and
/// the words of each view.
/// </summary>
internal static class ScreenRecord
{
    /// <summary>How many bytes it has.</summary>
    public const int Size = 2048;

    /// <summary>At most so many layers are in it.</summary>
    public const int Blocks = 2;

    /// <summary>At most so many units of each.</summary>
    public const int MostUnits = 56;

    /// <summary>Each in so many views.</summary>
    public const int Views = 2;

    /// <summary>Places are kept modulo this, so chance is no smaller than one in it.</summary>
    public const int PlaceModulus = 65_536;

    private const int HeadBytes = 16;
    private const int PlacesBytes = 2 * MostUnits;
    private const int ViewBytes = 8 * MostUnits;
    private const int BlockBytes = PlacesBytes + (Views * ViewBytes);

    /// <summary>In which basis a rotation is followed, the best first.</summary>
    private static readonly UnitBasis[] s_bases =
    [
        UnitBasis.Output,
        UnitBasis.Input,
        UnitBasis.Path,
        UnitBasis.Stored,
    ];

    /// <summary>
    /// The layers that are screened. Where there are two vocabularies, an early layer is seen
    /// against the one and a late layer against the other, so that changing one does not blind it.
    /// </summary>
    public static IReadOnlyList<(UnitSketch Layer, UnitBasis Basis)> Chosen(Fingerprint form)
    {
        var able = form.Layers.Where(layer => layer.Views >= Views).ToArray();
        if (able.Length == 0)
        {
            return [];
        }

        var both = new[] { UnitBasis.Input, UnitBasis.Output };
        var seen = both.All(basis => able.Any(layer => layer.Bases.Contains(basis)))
            ? both
            :
            [
                .. Enumerable.Repeat(
                    s_bases.First(basis => able.Any(layer => layer.Bases.Contains(basis))),
                    Blocks
                ),
            ];
        var chosen = seen.Select((basis, block) => (At(able, basis, block), basis));
        return [.. chosen.Distinct()];
    }

    /// <summary>Writes what of a fingerprint is screened.</summary>
    public static void Write(Fingerprint form, Span<byte> into)
    {
        into[..Size].Clear();
        var block = 0;
        foreach (var (layer, basis) in Chosen(form))
        {
            WriteBlock(
                layer.Small(),
                basis,
                into.Slice(block * HeadBytes, HeadBytes),
                into.Slice((Blocks * HeadBytes) + (block * BlockBytes), BlockBytes)
            );
            block++;
        }
    }

    /// <summary>The layer in a block; false where there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> record, int block, ScreenBlock into)
    {
        var head = record.Slice(block * HeadBytes, HeadBytes);
        var units = BinaryPrimitives.ReadUInt16LittleEndian(head[4..]);
        if (units is 0 or > MostUnits)
        {
            return false;
        }

        into.Kind = (UnitKind)head[0];
        into.Basis = (UnitBasis)head[1];
        into.Exchangeable = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        into.Units = units;
        var body = record.Slice((Blocks * HeadBytes) + (block * BlockBytes), BlockBytes);
        for (var unit = 0; unit < units; unit++)
        {
            into.Places[unit] = BinaryPrimitives.ReadUInt16LittleEndian(body[(2 * unit)..]);
            for (var view = 0; view < Views; view++)
            {
                into.Words[(view * MostUnits) + unit] = BinaryPrimitives.ReadUInt64LittleEndian(
                    body[(PlacesBytes + (view * ViewBytes) + (8 * unit))..]
                );
            }
        }

        return true;
    }

    /// <summary>The words of a view of a layer in a basis, at most so many units.</summary>
    public static ReadOnlySpan<ulong> Words(UnitSketch layer, UnitBasis basis, int view, int most)
    {
        var place = 0;
        while (layer.Bases[place] != basis)
        {
            place++;
        }

        return layer.Signs(place, layer.Views - Views + view)[..Math.Min(layer.Units, most)];
    }

    /// <summary>A third and two thirds of the way down.</summary>
    private static UnitSketch At(UnitSketch[] layers, UnitBasis basis, int block)
    {
        var seen = layers.Where(layer => layer.Bases.Contains(basis)).ToArray();
        var last = seen.Length - 1;
        return seen[block == 0 ? last / 3 : ((2 * last) + 2) / 3];
    }

    private static void WriteBlock(
        UnitSketch layer,
        UnitBasis basis,
        Span<byte> head,
        Span<byte> body
    )
    {
        var units = Math.Min(layer.Units, MostUnits);
        head[0] = (byte)layer.Kind;
        head[1] = (byte)basis;
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)layer.Layer);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], (ushort)units);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], layer.Exchangeable);
        for (var unit = 0; unit < units; unit++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(
                body[(2 * unit)..],
                (ushort)(layer.Places[unit] % PlaceModulus)
            );
        }

        for (var view = 0; view < Views; view++)
        {
            var into = body.Slice(PlacesBytes + (view * ViewBytes), ViewBytes);
            foreach (var word in Words(layer, basis, view, MostUnits))
            {
                BinaryPrimitives.WriteUInt64LittleEndian(into, word);
                into = into[8..];
            }
        }
    }
}
