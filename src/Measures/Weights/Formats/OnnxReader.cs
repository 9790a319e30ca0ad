namespace Concord.Measures.Weights.Formats;

/// <summary>
/// ONNX: initialisers, constants, and those of all graphs within graphs, functions and training
/// steps, for weights lie in each of them.
/// </summary>
internal sealed class OnnxReader
{
    private const int GraphDepth = 16;
    private const long Unread = 1 << 16;
    private const int Settings = 64;

    private readonly ByteSource _file;
    private readonly ProtobufCursor _fields;
    private readonly Kept _kept;
    private readonly OnnxTensors _tensors;
    private readonly OnnxOperators _operators;

    private OnnxReader(ByteSource file, Func<string, ByteSource?> beside)
    {
        _file = file;
        _fields = new(file);
        _kept = new(file.Name);
        _tensors = new(file, _fields, _kept, new(file, beside));
        _operators = new(_kept);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="file">The file.</param>
    /// <param name="beside">Opens a file in its folder, where external data are.</param>
    public static WeightsContents Read(ByteSource file, Func<string, ByteSource?> beside)
    {
        var reader = new OnnxReader(file, beside);
        reader.Model();
        reader._tensors.SeeExternal();
        reader._operators.Say();
        return reader._kept.As(WeightsFormat.Onnx);
    }

    private void Model()
    {
        var end = _file.Length;
        var graphs = 0;
        while (_fields.Bytes.Position < end)
        {
            var (number, wire) = _fields.Tag();
            switch (number)
            {
                case 2 or 3 or 4:
                    var key =
                        number == 2 ? "producer_name"
                        : number == 3 ? "producer_version"
                        : "domain";
                    _kept.Claim(key, _fields.Text(wire, end, ReaderLimits.ClaimLetters));
                    break;
                case 7 when ++graphs > 1:
                    throw _fields.Bytes.Fault(
                        "a second graph, which readers would join to the first"
                    );
                case 7:
                    Graph(_fields.End(wire, end), 0);
                    break;
                case 14:
                    Property(_fields.End(wire, end));
                    break;
                case 20:
                    Training(_fields.End(wire, end));
                    break;
                case 25:
                    Function(_fields.End(wire, end));
                    break;
                default:
                    Leave(wire, end, $"field {number} of the model");
                    break;
            }
        }

        if (graphs == 0)
        {
            throw new WeightsFault(
                _file.Name,
                "byte 0",
                "it has no graph, and so is no ONNX model"
            );
        }
    }

    private void Training(long end)
    {
        while (_fields.Bytes.Position < end)
        {
            var (number, wire) = _fields.Tag();
            if (number is 1 or 2)
            {
                Graph(_fields.End(wire, end), 0);
            }
            else
            {
                Leave(wire, end, "a training step");
            }
        }

        _fields.SeeEnd(end);
    }

    private void Function(long end)
    {
        while (_fields.Bytes.Position < end)
        {
            var (number, wire) = _fields.Tag();
            if (number == 7)
            {
                Node(_fields.End(wire, end), 0);
            }
            else
            {
                Leave(wire, end, "a function");
            }
        }

        _fields.SeeEnd(end);
    }

    private void Graph(long end, int depth)
    {
        if (depth > GraphDepth)
        {
            throw _fields.Bytes.Fault($"graphs within graphs deeper than {GraphDepth}");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_fields.Bytes.Position < end)
        {
            var (number, wire) = _fields.Tag();
            switch (number)
            {
                case 1:
                    Node(_fields.End(wire, end), depth);
                    break;
                case 5:
                    var at = _fields.Bytes.Position;
                    var name = _tensors.Add(_fields.End(wire, end), "");
                    if (name.Length > 0 && !names.Add(name))
                    {
                        throw _fields.Bytes.Fault(
                            $"initialiser {Words.Quoted(name)} stands twice in one graph",
                            at
                        );
                    }

                    break;
                case 15:
                    Sparse(_fields.End(wire, end), "");
                    break;
                default:
                    Leave(wire, end, $"field {number} of a graph");
                    break;
            }
        }

        _fields.SeeEnd(end);
    }

    private void Node(long end, int depth)
    {
        var name = "";
        var kind = "";
        var reads = new List<string>();
        while (_fields.Bytes.Position < end)
        {
            var (number, wire) = _fields.Tag();
            switch (number)
            {
                case 1 when reads.Count < OnnxOperators.InputsRead:
                    reads.Add(_fields.Text(wire, end, ReaderLimits.NameBytes) ?? "");
                    break;
                case 2 when name.Length == 0:
                    name = _fields.Text(wire, end, ReaderLimits.NameBytes) ?? "";
                    break;
                case 4:
                    kind = _fields.Text(wire, end, ReaderLimits.NameBytes) ?? "";
                    break;
                case 5:
                    Attribute(_fields.End(wire, end), name, depth);
                    break;
                default:
                    Leave(wire, end, $"field {number} of a node");
                    break;
            }
        }

        _fields.SeeEnd(end);
        _operators.Hear(kind, reads, name);
    }

    private void Attribute(long end, string node, int depth)
    {
        var floats = new List<byte>();
        while (_fields.Bytes.Position < end)
        {
            var (number, wire) = _fields.Tag();
            switch (number)
            {
                case 5 or 10:
                    _ = _tensors.Add(_fields.End(wire, end), node);
                    break;
                case 6 or 11:
                    Graph(_fields.End(wire, end), depth + 1);
                    break;
                case 22 or 23:
                    Sparse(_fields.End(wire, end), node);
                    break;
                case 7 when wire == ProtobufCursor.Fixed32:
                    floats.AddRange(_fields.Bytes.Take(4));
                    break;
                default:
                    Leave(wire, end, $"an attribute of {Words.Quoted(node)}");
                    break;
            }
        }

        _fields.SeeEnd(end);
        if (floats.Count / 4 >= Settings)
        {
            _tensors.AddFloats(node, floats);
        }
    }

    private void Sparse(long end, string node)
    {
        _kept.Note("a sparse tensor: its values and their places are taken as tensors");
        while (_fields.Bytes.Position < end)
        {
            var (number, wire) = _fields.Tag();
            if (number is 1 or 2)
            {
                _ = _tensors.Add(_fields.End(wire, end), node);
            }
            else
            {
                _ = _fields.Leave(wire, end);
            }
        }

        _fields.SeeEnd(end);
    }

    private void Property(long end)
    {
        string? key = null;
        string? value = null;
        while (_fields.Bytes.Position < end)
        {
            var (number, wire) = _fields.Tag();
            switch (number)
            {
                case 1:
                    key = _fields.Text(wire, end, ReaderLimits.NameBytes);
                    break;
                case 2:
                    value = _fields.Text(wire, end, ReaderLimits.ClaimLetters);
                    break;
                default:
                    _ = _fields.Leave(wire, end);
                    break;
            }
        }

        _fields.SeeEnd(end);
        if (key is not null)
        {
            _kept.Claim(key, value);
        }
    }

    private void Leave(int wire, long within, string what)
    {
        var at = _fields.Bytes.Position;
        var length = _fields.Leave(wire, within);
        if (length > Unread)
        {
            _kept.Note($"{length} bytes from byte {at} on are not read: {what}");
        }
    }
}
