using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Concord.Measures.Weights;

/// <summary>
/// The bytes of a fingerprint, little-endian (specs/fingerprint.md, §5): one way to write each, and
/// no byte too many.
/// </summary>
internal static class FingerprintBytes
{
    private const int HeadBytes = 8 + WeightsDigest.Length + 16 + (8 * Fingerprint.ScanWords);
    private const int LayerHeadBytes = 16;
    private const int MostLayers = 64;
    private const int MostUnits = 512;
    private const int LargeWords = 8;

    private static ReadOnlySpan<byte> Magic => "CNFP"u8;

    public static byte[] Write(Fingerprint fingerprint)
    {
        var length = HeadBytes + fingerprint.Layers.Sum(LengthOf);
        var bytes = new byte[length];
        Magic.CopyTo(bytes);
        bytes[4] = Fingerprint.Version;
        bytes[5] = (byte)(fingerprint.IsLarge ? LargeWords : 1);
        BinaryPrimitives.WriteUInt16LittleEndian(
            bytes.AsSpan(6),
            checked((ushort)fingerprint.Layers.Count)
        );
        fingerprint.Weights.CopyTo(bytes.AsSpan(8));
        var at = 8 + WeightsDigest.Length;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), fingerprint.Parameters);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 8), fingerprint.SixteenthBits);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 12), fingerprint.ZerosPerMillion);
        at = WriteWords(bytes, at + 16, fingerprint.Scan.Span);
        foreach (var layer in fingerprint.Layers)
        {
            at = WriteLayer(bytes, at, layer);
        }

        return bytes;
    }

    public static bool TryRead(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Fingerprint? fingerprint,
        [NotNullWhen(false)] out string? fault
    )
    {
        fingerprint = null;
        fault = HeadFault(bytes);
        if (fault is not null)
        {
            return false;
        }

        var words = bytes[5];
        var layers = new UnitSketch[BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..])];
        var at = HeadBytes;
        for (var place = 0; place < layers.Length; place++)
        {
            if (!TryReadLayer(bytes, ref at, words, out var layer, out fault))
            {
                fault = $"layer {place}, byte {at}: {fault}";
                return false;
            }

            layers[place] = layer;
        }

        if (at != bytes.Length)
        {
            fault = $"byte {at}: {bytes.Length - at} bytes follow the last layer";
            return false;
        }

        var head = bytes[(8 + WeightsDigest.Length)..];
        fingerprint = new()
        {
            Weights = new(bytes.Slice(8, WeightsDigest.Length)),
            Parameters = BinaryPrimitives.ReadInt64LittleEndian(head),
            SixteenthBits = BinaryPrimitives.ReadInt32LittleEndian(head[8..]),
            ZerosPerMillion = BinaryPrimitives.ReadInt32LittleEndian(head[12..]),
            Scan = ReadWords(head[16..], Fingerprint.ScanWords),
            Layers = layers,
        };
        return true;
    }

    private static string? HeadFault(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes || !bytes.StartsWith(Magic))
        {
            return "byte 0: no fingerprint: it begins with CNFP and has a head of "
                + $"{HeadBytes} bytes";
        }

        if (bytes[4] != Fingerprint.Version)
        {
            return $"byte 4: version {bytes[4]} of the method; known is {Fingerprint.Version}";
        }

        var words = bytes[5];
        if (words is not (1 or LargeWords))
        {
            return $"byte 5: {words} words a unit; the small form has 1, the large {LargeWords}";
        }

        var most = words == 1 ? Fingerprint.SmallBytes : Fingerprint.LargeBytes;
        if (bytes.Length > most)
        {
            return $"it has {bytes.Length} bytes; this form has at most {most}";
        }

        var layers = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        if (layers > MostLayers)
        {
            return $"byte 6: {layers} layers; at most {MostLayers} are sketched";
        }

        if (layers == 0 && words != 1)
        {
            return "byte 5: without layers there is the small form only";
        }

        var head = bytes[(8 + WeightsDigest.Length)..];
        return
            BinaryPrimitives.ReadInt64LittleEndian(head) < 0
            || BinaryPrimitives.ReadInt32LittleEndian(head[8..]) is < 0 or > 64 * 16
            || BinaryPrimitives.ReadInt32LittleEndian(head[12..]) is < 0 or > 1_000_000
            ? $"byte {8 + WeightsDigest.Length}: parameters, bits or zeros are out of range"
            : null;
    }

    private static int LengthOf(UnitSketch layer) =>
        LayerHeadBytes + (4 * layer.Units) + (8 * layer.Bits.Length);

    private static int WriteLayer(byte[] bytes, int at, UnitSketch layer)
    {
        var head = bytes.AsSpan(at, LayerHeadBytes);
        head[0] = (byte)(layer.Kind + 1);
        head[1] = (byte)layer.Views;
        head[2] = (byte)layer.Bases.Sum(basis => 1 << (int)basis);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], checked((ushort)layer.Layer));
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], checked((ushort)layer.Layers));
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], layer.Exchangeable);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], layer.Units);
        at += LayerHeadBytes;
        foreach (var place in layer.Places)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), place);
            at += 4;
        }

        return WriteWords(bytes, at, layer.Bits.Span);
    }

    private static bool TryReadLayer(
        ReadOnlySpan<byte> bytes,
        ref int at,
        int words,
        [NotNullWhen(true)] out UnitSketch? layer,
        [NotNullWhen(false)] out string? fault
    )
    {
        layer = null;
        if (bytes.Length - at < LayerHeadBytes)
        {
            fault = "it ends within the head of a layer";
            return false;
        }

        var head = bytes.Slice(at, LayerHeadBytes);
        var (kind, views, mask) = ((UnitKind)(head[0] - 1), head[1], head[2]);
        var units = BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        var exchangeable = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        var (number, layers) = (
            BinaryPrimitives.ReadUInt16LittleEndian(head[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(head[6..])
        );
        if (
            !Enum.IsDefined(kind)
            || views is < 1 or > 8
            || mask is 0 or > 15
            || head[3] != 0
            || number >= layers
            || units is < 1 or > MostUnits
            || exchangeable < 1
        )
        {
            fault = "the head of the layer has a kind, number of views or size that there is not";
            return false;
        }

        UnitBasis[] bases =
        [
            .. Enum.GetValues<UnitBasis>().Where(basis => (mask & (1 << (int)basis)) != 0),
        ];
        var count = bases.Length * views * units * words;
        at += LayerHeadBytes;
        if (bytes.Length - at < (4L * units) + (8L * count))
        {
            fault = "it ends within the layer";
            return false;
        }

        var places = new int[units];
        for (var unit = 0; unit < units; unit++)
        {
            places[unit] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + (4 * unit))..]);
        }

        if (places.Any(place => place < 0) || places.Distinct().Count() != units)
        {
            fault = "a unit stands at a negative place, or two at one";
            return false;
        }

        at += 4 * units;
        layer = new()
        {
            Kind = kind,
            Layer = number,
            Layers = layers,
            Exchangeable = exchangeable,
            Places = places,
            Views = views,
            Bases = bases,
            Words = words,
            Bits = ReadWords(bytes[at..], count),
        };
        at += 8 * count;
        fault = null;
        return true;
    }

    private static int WriteWords(byte[] bytes, int at, ReadOnlySpan<ulong> words)
    {
        foreach (var word in words)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), word);
            at += 8;
        }

        return at;
    }

    private static ulong[] ReadWords(ReadOnlySpan<byte> bytes, int count)
    {
        var words = new ulong[count];
        for (var at = 0; at < count; at++)
        {
            words[at] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * at)..]);
        }

        return words;
    }
}
