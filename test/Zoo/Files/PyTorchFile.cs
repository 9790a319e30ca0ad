using System.IO.Compression;
using System.Text;
using Concord.Measures.Weights;

namespace Concord.Zoo.Files;

/// <summary>
/// PyTorch's archive of a state dictionary: stored entries, a pickle and storages.
/// </summary>
public static class PyTorchFile
{
    /// <summary>A file with every tensor.</summary>
    /// <param name="net">The network.</param>
    /// <param name="element">F32, F16 or BF16.</param>
    public static byte[] Write(ZooNet net, ElementType element = ElementType.F32)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(archive, "data.pkl", Pickle(net.Tensors, element));
            Put(archive, "byteorder", "little"u8.ToArray());
            foreach (var (i, tensor) in net.Tensors.Index())
            {
                Put(archive, $"data/{i}", StoredAs.Bytes(element, tensor.Values));
            }

            Put(archive, "version", "3\n"u8.ToArray());
        }

        return stream.ToArray();
    }

    private static void Put(ZipArchive archive, string name, byte[] bytes)
    {
        var entry = archive.CreateEntry($"archive/{name}", CompressionLevel.NoCompression);
        entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var into = entry.Open();
        into.Write(bytes);
    }

    /// <summary>Protocol 2: an OrderedDict of name → _rebuild_tensor_v2 of a storage.</summary>
    private static byte[] Pickle(IReadOnlyList<ZooTensor> tensors, ElementType element)
    {
        using var stream = new MemoryStream();
        using var pickle = new BinaryWriter(stream);
        pickle.Write([0x80, 2]);
        Global(pickle, "collections", "OrderedDict");
        pickle.Write(")R("u8);
        foreach (var (i, tensor) in tensors.Index())
        {
            Text(pickle, tensor.Name);
            Global(pickle, "torch._utils", "_rebuild_tensor_v2");
            pickle.Write("(("u8);
            Text(pickle, "storage");
            Global(pickle, "torch", StorageOf(element));
            Text(pickle, $"{i}");
            Text(pickle, "cpu");
            Integer(pickle, tensor.Values.Length);
            pickle.Write("tQ"u8);
            Integer(pickle, 0);
            Tuple(pickle, tensor.Shape);
            Tuple(pickle, Strides(tensor.Shape));
            // Needs no gradient; no hooks.
            pickle.Write([0x89]);
            Global(pickle, "collections", "OrderedDict");
            pickle.Write(")RtR"u8);
        }

        pickle.Write("u."u8);
        return stream.ToArray();
    }

    private static string StorageOf(ElementType element) =>
        element switch
        {
            ElementType.F32 => "FloatStorage",
            ElementType.F16 => "HalfStorage",
            ElementType.BF16 => "BFloat16Storage",
            _ => throw new ArgumentException($"{element} is not made here.", nameof(element)),
        };

    private static int[] Strides(int[] shape)
    {
        var strides = new int[shape.Length];
        var step = 1;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= shape[i];
        }

        return strides;
    }

    private static void Global(BinaryWriter pickle, string module, string name) =>
        pickle.Write(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    private static void Text(BinaryWriter pickle, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        pickle.Write((byte)'X');
        pickle.Write(bytes.Length);
        pickle.Write(bytes);
    }

    private static void Integer(BinaryWriter pickle, int number)
    {
        pickle.Write((byte)'J');
        pickle.Write(number);
    }

    private static void Tuple(BinaryWriter pickle, int[] numbers)
    {
        pickle.Write((byte)'(');
        foreach (var number in numbers)
        {
            Integer(pickle, number);
        }

        pickle.Write((byte)'t');
    }
}
