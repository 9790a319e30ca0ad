using System.Globalization;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// GGUF of versions 2 and 3: keys with values, descriptions of tensors, their bytes.
/// </summary>
internal sealed class GgufReader
{
    private const uint DefaultAlignment = 32;
    private const int AlignmentMax = 1 << 16;
    private const int DimensionsMax = 4;
    private const int TensorNameBytes = 64;
    private const int KeysMax = 1 << 16;

    // Two lengths, a type and an offset: less than that no description has.
    private const int DescriptionBytesMin = 24;

    private readonly ByteSource _file;
    private readonly Cursor _cursor;
    private readonly GgufValues _values;
    private readonly Kept _kept;

    private GgufReader(ByteSource file)
    {
        _file = file;
        _cursor = new(file);
        _kept = new(file.Name);
        _values = new(_cursor);
    }

    /// <summary>Reads one file, which may be a part of several.</summary>
    public static WeightsContents Read(ByteSource file) => new GgufReader(file).Read();

    private WeightsContents Read()
    {
        _cursor.Skip(4);
        SeeVersion();
        var tensors = _cursor.Long();
        var keys = _cursor.Long();
        if (tensors > ReaderLimits.TensorsOfFile)
        {
            throw _cursor.Fault(
                $"{tensors} tensors are announced, and {ReaderLimits.TensorsOfFile} are allowed",
                8
            );
        }

        if (keys > KeysMax)
        {
            throw _cursor.Fault($"{keys} keys are announced, and {KeysMax} are allowed", 16);
        }

        var alignment = Keys((int)keys);
        Tensors((int)tensors, alignment);
        return _kept.As(WeightsFormat.Gguf);
    }

    private void SeeVersion()
    {
        var version = _cursor.Word();
        if (version is not (2 or 3))
        {
            throw _cursor.Fault(
                (version & 0xFFFF) == 0
                    ? "this GGUF is big-endian: only little-endian files are read"
                    : $"version {version} of GGUF: versions 2 and 3 are read",
                4
            );
        }
    }

    private uint Keys(int count)
    {
        var alignment = DefaultAlignment;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var at = _cursor.Position;
            var key = _cursor.Text(_cursor.Long(), ushort.MaxValue, "a key");
            _kept.Count(key.Length, $"byte {at}");
            if (!seen.Add(key))
            {
                throw _cursor.Fault($"key {Words.Quoted(key)} stands twice", at);
            }

            var type = _cursor.Word();
            var value = _values.Value(type, key);
            if (key is "general.alignment")
            {
                alignment = Alignment(type, value);
            }

            _kept.Claim(key, value);
        }

        return alignment;
    }

    private uint Alignment(uint type, string? value)
    {
        if (
            type != GgufValues.UInt32
            || !uint.TryParse(value, CultureInfo.InvariantCulture, out var alignment)
            || alignment is < 8 or > AlignmentMax
            || !uint.IsPow2(alignment)
        )
        {
            throw new WeightsFault(
                _file.Name,
                "key \"general.alignment\"",
                $"it must be a u32 and a power of two from 8 to {AlignmentMax}"
            );
        }

        return alignment;
    }

    private void Tensors(int count, uint alignment)
    {
        if (count * (long)DescriptionBytesMin > _cursor.Left)
        {
            throw _cursor.Fault($"{count} tensors are announced and {_cursor.Left} bytes are left");
        }

        var descriptions = new List<(string Name, long[] Shape, uint Type, ulong Offset)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            descriptions.Add(Description(names));
        }

        // Each lies where the one before ends, rounded up: so none overlap, and no sum can wrap.
        var data = Aligned(_cursor.Position, alignment);
        var end = data;
        foreach (var (name, shape, type, offset) in descriptions)
        {
            var place = new TensorPlace(name, shape, _file, end);
            if (offset != (ulong)(end - data))
            {
                throw place.Fault(
                    $"its offset is {offset}, and the tensors before it end at {end - data}"
                );
            }

            var tensor = GgmlType.Tensor(place, type);
            _kept.Add(tensor);
            end = Aligned(tensor.Offset + tensor.ByteLength, alignment);
        }

        if (_file.Length > end)
        {
            throw _cursor.Fault(
                $"the last tensor ends here and the file has {_file.Length} bytes: nothing may"
                    + " follow",
                end
            );
        }
    }

    private (string Name, long[] Shape, uint Type, ulong Offset) Description(HashSet<string> names)
    {
        var at = _cursor.Position;
        var name = _cursor.Text(_cursor.Long(), TensorNameBytes, "a tensor's name");
        _kept.Count(name.Length, $"byte {at}");
        if (!names.Add(name))
        {
            throw _cursor.Fault($"tensor {Words.Quoted(name)} stands twice", at);
        }

        var dimensions = _cursor.Word();
        if (dimensions > DimensionsMax)
        {
            throw Wrong($"{dimensions} dimensions, and {DimensionsMax} are allowed");
        }

        var shape = new long[dimensions];
        for (var i = (int)dimensions - 1; i >= 0; i--)
        {
            var size = _cursor.Long();
            if (size is 0 or > long.MaxValue)
            {
                throw Wrong($"a size of {size}: from 1 to 2^63 − 1 are allowed");
            }

            shape[i] = (long)size;
        }

        return (name, shape, _cursor.Word(), _cursor.Long());

        WeightsFault Wrong(string reason) =>
            new(_file.Name, $"tensor {Words.Quoted(name)}", reason);
    }

    private static long Aligned(long position, uint alignment) =>
        checked((position + alignment - 1) / alignment * alignment);
}
