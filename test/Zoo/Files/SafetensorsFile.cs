using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Measures.Weights;

namespace Concord.Zoo.Files;

/// <summary>safetensors, written and (what the zoo's training wrote) read.</summary>
public static class SafetensorsFile
{
    /// <summary>A file with every tensor.</summary>
    /// <param name="net">The network.</param>
    /// <param name="element">F32, F16 or BF16.</param>
    public static byte[] Write(ZooNet net, ElementType element = ElementType.F32) =>
        Write(net.Tensors, element, Told(net));

    /// <summary>
    /// Shards with their index: <c>model-00001-of-0000N.safetensors</c> and
    /// <c>model.safetensors.index.json</c>.
    /// </summary>
    public static IReadOnlyDictionary<string, byte[]> Shards(
        ZooNet net,
        int count,
        ElementType element = ElementType.F32
    )
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var map = new JsonObject();
        var total = 0L;
        var each = (net.Tensors.Count + count - 1) / count;
        foreach (var (i, part) in net.Tensors.Chunk(each).Index())
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"model-{i + 1:D5}-of-{count:D5}.safetensors"
            );
            files[name] = Write(part, element, new() { ["format"] = "pt" });
            foreach (var tensor in part)
            {
                map[tensor.Name] = name;
                total += (long)tensor.Values.Length * (element is ElementType.F32 ? 4 : 2);
            }
        }

        var index = new JsonObject
        {
            ["metadata"] = new JsonObject { ["total_size"] = total },
            ["weight_map"] = map,
        };
        files["model.safetensors.index.json"] = Encoding.UTF8.GetBytes(index.ToJsonString());
        return files;
    }

    /// <summary>A network from a file that has all of it.</summary>
    public static ZooNet Read(ReadOnlySpan<byte> file)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var header = JsonNode.Parse(file.Slice(8, length))!.AsObject();
        var told = header["__metadata__"]?.AsObject();
        var tensors = new List<(int At, ZooTensor Tensor)>();
        foreach (var (name, entry) in header.Where(e => e.Key is not "__metadata__"))
        {
            var offsets = entry!["data_offsets"]!.Deserialize<int[]>()!;
            var element = Enum.Parse<ElementType>(entry["dtype"]!.GetValue<string>());
            var bytes = file[(8 + length + offsets[0])..(8 + length + offsets[1])];
            var values = StoredAs.Values(element, bytes);
            tensors.Add((offsets[0], new(name, entry["shape"]!.Deserialize<int[]>()!, values)));
        }

        var shape = JsonNode.Parse(told?["shape"]?.GetValue<string>() ?? "{}")!;
        var heads = shape["heads"]?.GetValue<int>() ?? 0;
        return new()
        {
            Architecture = told?["architecture"]?.GetValue<string>() ?? "",
            Heads = heads,
            KvHeads = shape["kv_heads"]?.GetValue<int>() ?? heads,
            Tensors = [.. tensors.OrderBy(t => t.At).Select(t => t.Tensor)],
        };
    }

    /// <summary>A file with these tensors and these words about them.</summary>
    internal static byte[] Write(
        IEnumerable<ZooTensor> tensors,
        ElementType element,
        JsonObject told
    )
    {
        var header = new JsonObject { ["__metadata__"] = told };
        using var data = new MemoryStream();
        foreach (var tensor in tensors)
        {
            var begin = data.Length;
            data.Write(StoredAs.Bytes(element, tensor.Values));
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = $"{element}",
                ["shape"] = new JsonArray([.. tensor.Shape.Select(n => (JsonNode)n)]),
                ["data_offsets"] = new JsonArray(begin, data.Length),
            };
        }

        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        var padded = (text.Length + 7) / 8 * 8;
        var file = new byte[8 + padded + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)padded);
        file.AsSpan(8, padded).Fill((byte)' ');
        text.CopyTo(file, 8);
        data.ToArray().CopyTo(file, 8 + padded);
        return file;
    }

    private static JsonObject Told(ZooNet net) =>
        new()
        {
            ["architecture"] = net.Architecture,
            ["shape"] = $$"""{"heads": {{net.Heads}}, "kv_heads": {{net.KvHeads}}}""",
        };
}
