using System.Text.Json;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// An index of shards: which tensor is in which file of the same folder. The files are believed,
/// and the index only where it agrees with them.
/// </summary>
internal sealed class ShardIndex
{
    private readonly ByteSource _file;
    private readonly JsonTokens _json;
    private readonly Kept _kept;
    private readonly Dictionary<string, string> _map = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];
    private long? _totalSize;

    private ShardIndex(ByteSource file)
    {
        _file = file;
        _json = new(file, 0, file.Length);
        _kept = new(file.Name);
    }

    /// <summary>Reads an index, or nothing where a document of JSON is none.</summary>
    public static ShardIndex? Of(ByteSource file)
    {
        if (file.Length > ReaderLimits.JsonBytes)
        {
            throw new WeightsFault(
                file.Name,
                "byte 0",
                $"JSON of {file.Length} bytes, and {ReaderLimits.JsonBytes} are allowed"
            );
        }

        var index = new ShardIndex(file);
        return index.Read() ? index : null;
    }

    /// <summary>The set: every tensor of every shard.</summary>
    /// <param name="beside">Opens a file in the folder of the index.</param>
    /// <param name="read">Reads one shard.</param>
    public WeightsContents Set(
        Func<string, ByteSource?> beside,
        Func<ByteSource, WeightsContents> read
    )
    {
        var set = new WeightsSet(_file.Name, _kept.Notes);
        foreach (var name in _files)
        {
            var shard =
                beside(name)
                ?? throw Fault(
                    $"file {Words.Quoted(name)}",
                    "the index names it, and it is not here"
                );
            set.Add(read(shard));
        }

        foreach (var (tensor, file) in _map)
        {
            if (
                set.SourceOf(tensor) is not { } source
                || !string.Equals(Words.FileName(source), file, StringComparison.Ordinal)
            )
            {
                throw Fault(
                    $"tensor {Words.Quoted(tensor)}",
                    $"the index puts it into {Words.Quoted(file)}, which does not hold it"
                );
            }
        }

        var hidden = set.Tensors.Where(tensor => !_map.ContainsKey(tensor.Name)).ToList();
        if (hidden is [var first, ..])
        {
            set.Note(
                $"{hidden.Count} tensors are in the shards and not in the index, the first"
                    + $" {Words.Quoted(first.Name)}"
            );
        }

        var bytes = set.Tensors.Aggregate((Int128)0, (sum, tensor) => sum + tensor.ByteLength);
        if (_totalSize is { } stated && stated != bytes)
        {
            set.Note($"the index says {stated} bytes, and its shards' tensors have {bytes}");
        }

        return set.Contents;
    }

    private bool Read()
    {
        var isIndex = false;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        _json.Next(JsonTokenType.StartObject, "an opening brace");
        while (_json.Next() && _json.Type == JsonTokenType.PropertyName)
        {
            var key = Once(seen);
            _ = _json.Next();
            switch (key)
            {
                case "weight_map" when _json.Type == JsonTokenType.StartObject:
                    isIndex = true;
                    Map();
                    break;
                case "metadata" when _json.Type == JsonTokenType.StartObject:
                    Metadata();
                    break;
                default:
                    _json.Leave();
                    break;
            }
        }

        if (_json.Next())
        {
            throw _json.Fault("the document goes on behind its closing brace");
        }

        return isIndex;
    }

    private void Map()
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        while (_json.Next() && _json.Type == JsonTokenType.PropertyName)
        {
            var tensor = _json.Text;
            if (tensor is null or { Length: > ReaderLimits.NameBytes })
            {
                throw _json.Fault($"a name of more than {ReaderLimits.NameBytes} letters");
            }

            _kept.Count(tensor.Length, $"byte {_json.Position}");
            _json.Next(JsonTokenType.String, "the name of a file");
            var file = _json.Text ?? "";
            if (!Words.IsPlainFileName(file))
            {
                throw _json.Fault(
                    $"{Words.Quoted(tensor)} is said to be in {Words.Quoted(file)}: only a plain"
                        + " name of a file in the same folder is followed"
                );
            }

            // One text for a file, however many tensors name it.
            if (files.TryGetValue(file, out var same))
            {
                file = same;
            }
            else
            {
                files.Add(file);
                _files.Add(file);
            }

            if (_files.Count > ReaderLimits.FilesOfSet)
            {
                throw _json.Fault($"more than {ReaderLimits.FilesOfSet} files");
            }

            if (_map.Count == ReaderLimits.TensorsOfSet)
            {
                throw _json.Fault($"more than {ReaderLimits.TensorsOfSet} tensors");
            }

            if (!_map.TryAdd(tensor, file))
            {
                throw _json.Fault($"tensor {Words.Quoted(tensor)} stands twice");
            }
        }
    }

    private void Metadata()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_json.Next() && _json.Type == JsonTokenType.PropertyName)
        {
            var isSize = Once(seen) is "total_size";
            _ = _json.Next();
            if (isSize)
            {
                _totalSize = _json.Number;
            }

            _json.Leave();
        }
    }

    private string Once(HashSet<string> seen)
    {
        var key = _json.Text ?? throw _json.Fault("a key of more than 64 KiB");
        _kept.Count(key.Length, $"byte {_json.Position}");
        return seen.Add(key) ? key : throw _json.Fault($"key {Words.Quoted(key)} stands twice");
    }

    private WeightsFault Fault(string place, string reason) => new(_file.Name, place, reason);
}
