using System.Text.Json;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// safetensors: the length of a header in eight bytes, a header in JSON, then the bytes of the
/// tensors without a gap, an overlap or a tail.
/// </summary>
internal sealed class SafetensorsReader
{
    private const int LengthBytes = 8;

    private readonly ByteSource _file;
    private readonly Kept _kept;
    private readonly long _data;
    private readonly JsonTokens _json;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private SafetensorsReader(ByteSource file)
    {
        _file = file;
        _kept = new(file.Name);
        var length = new Cursor(file).Long();
        if (length > ReaderLimits.JsonBytes)
        {
            throw new WeightsFault(
                file.Name,
                "byte 0",
                $"a header of {length} bytes is announced, and {ReaderLimits.JsonBytes} are allowed"
            );
        }

        _data = LengthBytes + (long)length;
        if (_data > file.Length)
        {
            throw new WeightsFault(
                file.Name,
                "byte 0",
                $"a header of {length} bytes is announced and the file has {file.Length}"
            );
        }

        _json = new(file, LengthBytes, _data);
    }

    /// <summary>Reads a file.</summary>
    public static WeightsContents Read(ByteSource file)
    {
        var reader = new SafetensorsReader(file);
        reader.Header();
        reader.SeeThatNothingIsBetween();
        return reader._kept.As(WeightsFormat.Safetensors);
    }

    private void Header()
    {
        _json.Next(JsonTokenType.StartObject, "the header's opening brace");
        while (_json.Next() && _json.Type == JsonTokenType.PropertyName)
        {
            var name = Name();
            _json.Next(JsonTokenType.StartObject, $"the entry of {Words.Quoted(name)}");
            if (name is "__metadata__")
            {
                Metadata();
            }
            else
            {
                _kept.Add(Tensor(name));
            }
        }

        if (_json.Next())
        {
            throw _json.Fault("the header goes on behind its closing brace");
        }
    }

    private string Name()
    {
        var name = _json.Text;
        if (name is null or { Length: > ReaderLimits.NameBytes } || name.Any(char.IsControl))
        {
            throw _json.Fault(
                $"a name of more than {ReaderLimits.NameBytes} letters, or with control characters"
            );
        }

        if (!_names.Add(name))
        {
            throw _json.Fault($"{Words.Quoted(name)} stands twice, which readers take differently");
        }

        _kept.Count(name.Length, $"byte {_json.Position}");
        return name;
    }

    private void Metadata()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (_json.Next() && _json.Type == JsonTokenType.PropertyName)
        {
            var key = _json.Text ?? throw _json.Fault("a key of more than 64 KiB");
            if (!keys.Add(key))
            {
                throw _json.Fault($"key {Words.Quoted(key)} stands twice");
            }

            _kept.Count(key.Length, $"byte {_json.Position}");
            _json.Next(JsonTokenType.String, "a text, as all of __metadata__ are,");
            _kept.Claim(key, _json.Text);
        }
    }

    private WeightsTensor Tensor(string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (_json.Next() && _json.Type == JsonTokenType.PropertyName)
        {
            switch (_json.Text)
            {
                case "dtype" when type is null:
                    _json.Next(JsonTokenType.String, "the name of a dtype");
                    type = _json.Text ?? "";
                    break;
                case "shape" when shape is null:
                    shape = Numbers(ReaderLimits.Dimensions);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = Numbers(2);
                    break;
                default:
                    throw _json.Fault(
                        $"{Words.Quoted(_json.Text ?? "")} stands twice or is no part of an entry"
                    );
            }
        }

        var place = new TensorPlace(
            name,
            [.. shape ?? []],
            _file,
            _data + (offsets is [var first, ..] ? first : 0)
        );
        if (type is null || shape is null || offsets is not { Count: 2 })
        {
            throw place.Fault("its entry lacks dtype, shape or two data_offsets");
        }

        if (offsets[0] > offsets[1] || offsets[1] > _file.Length - _data)
        {
            throw place.Fault(
                $"data_offsets {Shapes.Shown(offsets)} turn back or end behind the file, whose"
                    + $" tensors have {_file.Length - _data} bytes"
            );
        }

        return place.As(Element(place, type), offsets[1] - offsets[0]);
    }

    private List<long> Numbers(int max)
    {
        var numbers = new List<long>();
        _json.Next(JsonTokenType.StartArray, "an array of whole numbers");
        while (_json.Next() && _json.Type != JsonTokenType.EndArray)
        {
            if (_json.Number is not (>= 0 and { } number))
            {
                throw _json.Fault("a whole number between 0 and 2^63 is expected here");
            }

            if (numbers.Count == max)
            {
                throw _json.Fault($"more than {max} numbers stand here");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static ElementType Element(TensorPlace place, string type) =>
        type switch
        {
            "BOOL" => ElementType.Bool,
            "F4" => ElementType.F4,
            "F6_E2M3" => ElementType.F6E2M3,
            "F6_E3M2" => ElementType.F6E3M2,
            "F8_E4M3" => ElementType.F8E4M3,
            "F8_E5M2" => ElementType.F8E5M2,
            "F8_E8M0" => ElementType.F8E8M0,
            "F8_E4M3FNUZ" => ElementType.F8E4M3Fnuz,
            "F8_E5M2FNUZ" => ElementType.F8E5M2Fnuz,
            "U8" => ElementType.U8,
            "I8" => ElementType.I8,
            "U16" => ElementType.U16,
            "I16" => ElementType.I16,
            "F16" => ElementType.F16,
            "BF16" => ElementType.BF16,
            "U32" => ElementType.U32,
            "I32" => ElementType.I32,
            "F32" => ElementType.F32,
            "U64" => ElementType.U64,
            "I64" => ElementType.I64,
            "F64" => ElementType.F64,
            "C64" => ElementType.C64,
            _ => throw place.Fault($"dtype {Words.Quoted(type)} is none of safetensors'"),
        };

    private void SeeThatNothingIsBetween()
    {
        var end = _data;
        foreach (var tensor in _kept.Tensors.OrderBy(tensor => (tensor.Offset, tensor.ByteLength)))
        {
            if (tensor.Offset != end)
            {
                throw new WeightsFault(
                    _file.Name,
                    $"tensor {Words.Quoted(tensor.Name)}",
                    tensor.Offset < end
                        ? $"it begins at byte {tensor.Offset}, within the one before, which ends at"
                            + $" {end}"
                        : $"bytes {end} to {tensor.Offset} before it are no tensor's, and there are"
                            + " no gaps"
                );
            }

            end += tensor.ByteLength;
        }

        if (end != _file.Length)
        {
            throw new WeightsFault(
                _file.Name,
                $"byte {end}",
                $"the last tensor ends here and the file has {_file.Length} bytes: nothing may"
                    + " follow"
            );
        }
    }
}
