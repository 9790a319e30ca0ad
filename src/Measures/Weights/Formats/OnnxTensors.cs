namespace Concord.Measures.Weights.Formats;

/// <summary>ONNX's tensors: where their elements lie, of the seven places where they may.</summary>
/// <param name="file">The file.</param>
/// <param name="fields">Where in it.</param>
/// <param name="kept">What is read goes here.</param>
/// <param name="external">Files beside it.</param>
internal sealed class OnnxTensors(
    ByteSource file,
    ProtobufCursor fields,
    Kept kept,
    ExternalData external
)
{
    private int _converted;

    /// <summary>Adds the tensor whose message ends at a place.</summary>
    /// <param name="end">The end of the message.</param>
    /// <param name="node">The node that holds it: its name, where it has none of its own.</param>
    /// <returns>Its name.</returns>
    public string Add(long end, string node)
    {
        var proto = Proto(end);
        var name = proto.Name.Length > 0 ? proto.Name : node;
        kept.Count(name.Length, $"tensor {Words.Quoted(name)}");
        if (proto.Type != OnnxTypes.Text)
        {
            Keep(Tensor(proto, name), name);
            fields.Bytes.MoveTo(end);
        }

        return name;
    }

    /// <summary>Adds floats that stand in an attribute one by one.</summary>
    public void AddFloats(string name, List<byte> floats)
    {
        Convert(floats.Count, name);
        var bytes = new MemoryBytes(file.Name, floats.ToArray());
        kept.Add(new TensorPlace(name, [floats.Count / 4], bytes, 0).As(ElementType.F32));
    }

    /// <summary>Sees that no stretch of a file beside is two tensors'.</summary>
    public void SeeExternal() => external.SeeThatNoneOverlap();

    private OnnxTensorProto Proto(long end)
    {
        var proto = new OnnxTensorProto();
        while (fields.Bytes.Position < end)
        {
            var at = fields.Bytes.Position;
            var (number, wire) = fields.Tag();
            switch (number)
            {
                case 1:
                    Dimensions(proto, wire, end);
                    break;
                case 2 when wire == ProtobufCursor.Varint:
                    proto.Type = fields.Whole();
                    break;
                case 4 or 5 or 7 or 9 or 10 or 11:
                    Stretch(proto, number, wire, end, at);
                    break;
                case 8:
                    proto.Name =
                        fields.Text(wire, end, ReaderLimits.NameBytes)
                        ?? throw fields.Bytes.Fault(
                            $"a name of more than {ReaderLimits.NameBytes} bytes",
                            at
                        );
                    break;
                case 13:
                    ExternalEntry(proto, fields.End(wire, end));
                    break;
                case 14 when wire == ProtobufCursor.Varint:
                    proto.IsExternal = fields.Whole() == 1;
                    break;
                default:
                    _ = fields.Leave(wire, end);
                    break;
            }
        }

        fields.SeeEnd(end);
        return proto;
    }

    private void Dimensions(OnnxTensorProto proto, int wire, long within)
    {
        var end = wire == ProtobufCursor.Varint ? 0 : fields.End(wire, within);
        do
        {
            if (wire != ProtobufCursor.Varint && fields.Bytes.Position >= end)
            {
                break;
            }

            if (proto.Shape.Count == ReaderLimits.Dimensions)
            {
                throw fields.Bytes.Fault($"a tensor of more than {ReaderLimits.Dimensions} sizes");
            }

            proto.Shape.Add((long)fields.Whole());
        } while (wire != ProtobufCursor.Varint);
    }

    private void Stretch(OnnxTensorProto proto, int number, int wire, long within, long at)
    {
        if (proto.Field != 0)
        {
            throw fields.Bytes.Fault("a tensor whose elements stand in two places", at);
        }

        if (wire != ProtobufCursor.Delimited)
        {
            throw fields.Bytes.Fault("elements that are not packed, as the format asks", at);
        }

        var end = fields.End(wire, within);
        (proto.Field, proto.Start, proto.End) = (number, fields.Bytes.Position, end);
        fields.Bytes.MoveTo(end);
    }

    private void ExternalEntry(OnnxTensorProto proto, long end)
    {
        string? key = null;
        string? value = null;
        while (fields.Bytes.Position < end)
        {
            var (number, wire) = fields.Tag();
            if (number is 1 or 2)
            {
                var text = fields.Text(wire, end, ReaderLimits.NameBytes) ?? "";
                (key, value) = number == 1 ? (text, value) : (key, text);
            }
            else
            {
                _ = fields.Leave(wire, end);
            }
        }

        fields.SeeEnd(end);
        if (key is null || value is null || !proto.External.TryAdd(key, value))
        {
            throw fields.Bytes.Fault(
                "an entry of external data without a key, or for the second time"
            );
        }
    }

    private void Keep(WeightsTensor? tensor, string name)
    {
        if (tensor is null)
        {
            kept.Note($"{Words.Quoted(name)} has the bytes of a tensor before it");
        }
        else
        {
            kept.Add(tensor);
        }
    }

    private WeightsTensor? Tensor(OnnxTensorProto proto, string name)
    {
        long[] shape = [.. proto.Shape];
        if (proto.IsExternal)
        {
            return external.Tensor(name, shape, proto);
        }

        if (proto.External.Count > 0)
        {
            throw new TensorPlace(name, shape, file, 0).Fault(
                "it names external data and says that it has none"
            );
        }

        var place = new TensorPlace(name, shape, file, proto.Start);
        var length = proto.End - proto.Start;
        if (proto.Field is 0 or OnnxTypes.RawField || OnnxTypes.IsAsStored(proto))
        {
            return OnnxTypes.Tensor(place, proto.Type, length);
        }

        return OnnxTypes.Element(proto.Type) is { } element && OnnxTypes.IsVarint(proto)
            ? Converted(place, element, proto)
            : throw place.Fault(
                $"elements of type {proto.Type} do not stand in field {proto.Field}"
            );
    }

    // Varints are as long as their values: the elements are written out as they would lie raw.
    private WeightsTensor Converted(TensorPlace place, ElementType element, OnnxTensorProto proto)
    {
        var size = ElementLayout.Of(element).BlockBytes;
        var elements = Shapes.Elements(place.Shape) ?? throw place.Fault("its sizes are no sizes");
        if (elements > proto.End - proto.Start)
        {
            throw place.Fault($"{elements} elements in {proto.End - proto.Start} bytes");
        }

        Convert(elements * size, place.Name);
        var bytes = new byte[elements * size];
        fields.Bytes.MoveTo(proto.Start);
        var at = 0;
        for (; fields.Bytes.Position < proto.End && at < bytes.Length; at += size)
        {
            var value = fields.Whole();
            for (var i = 0; i < size; i++)
            {
                bytes[at + i] = (byte)(value >> (8 * i));
            }
        }

        if (at != bytes.Length || fields.Bytes.Position != proto.End)
        {
            throw place.Fault($"it holds another number of elements than {elements}");
        }

        var source = new MemoryBytes(file.Name, bytes);
        return new TensorPlace(place.Name, place.Shape, source, 0).As(element);
    }

    private void Convert(long bytes, string name)
    {
        if (bytes > ReaderLimits.ConvertedBytes - _converted)
        {
            throw new WeightsFault(
                file.Name,
                $"tensor {Words.Quoted(name)}",
                $"elements that are stored as varints or one by one have more than"
                    + $" {ReaderLimits.ConvertedBytes} bytes"
            );
        }

        _converted += (int)bytes;
    }
}
