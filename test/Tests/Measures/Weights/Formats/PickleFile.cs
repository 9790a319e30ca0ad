using System.Text;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>Pickles as PyTorch writes them, opcode by opcode.</summary>
internal sealed class PickleFile
{
    private readonly Written _written = new Written().Add(0x80, 2);

    public byte[] Bytes => [.. _written.Bytes, (byte)'.'];

    public PickleFile Op(char opcode, params byte[] bytes)
    {
        _written.Add((byte)opcode).Add(bytes);
        return this;
    }

    public PickleFile Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _written.Add((byte)'X').Word((uint)bytes.Length).Add(bytes);
        return this;
    }

    public PickleFile Name(string module, string name)
    {
        _written.Add((byte)'c').Text(module).Add((byte)'\n').Text(name).Add((byte)'\n');
        return this;
    }

    public PickleFile Number(long value)
    {
        _written.Add(0x8a, 8).Long((ulong)value);
        return this;
    }

    public PickleFile Tuple(params long[] values)
    {
        Op('(');
        foreach (var value in values)
        {
            Number(value);
        }

        return Op('t');
    }

    public PickleFile Tensor(string key, long count, long offset, long[] sizes, long[] steps) =>
        Tensor("FloatStorage", key, count, offset, sizes, steps);

    public PickleFile Tensor(
        string type,
        string key,
        long count,
        long offset,
        long[] sizes,
        long[] steps
    )
    {
        Name("torch._utils", "_rebuild_tensor_v2").Op('(');
        Op('(').Text("storage").Name("torch", type).Text(key).Text("cpu").Number(count);
        Op('t').Op('Q').Number(offset).Tuple(sizes).Tuple(steps);
        _written.Add(0x89);
        return Name("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');
    }

    /// <summary>A matrix of bytes that stand for numbers around a zero of their own.</summary>
    public PickleFile Quantised(string type, string key, long[] sizes, long[] steps, long zero)
    {
        Name("torch._utils", "_rebuild_qtensor").Op('(');
        Op('(').Text("storage").Name("torch", type).Text(key).Text("cpu");
        Number(sizes.Aggregate((a, b) => a * b)).Op('t').Op('Q').Number(0);
        Tuple(sizes).Tuple(steps).Op('(').Name("torch", "per_tensor_affine");
        Op('G', 0x3f, 0xe0, 0, 0, 0, 0, 0, 0).Number(zero).Op('t');
        _written.Add(0x89);
        return Name("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');
    }

    /// <summary>A dictionary of one tensor.</summary>
    public static byte[] Of(
        string name,
        string key,
        long count,
        long offset,
        long[] sizes,
        long[] steps
    ) =>
        new PickleFile()
            .Op('}')
            .Op('(')
            .Text(name)
            .Tensor(key, count, offset, sizes, steps)
            .Op('u')
            .Bytes;

    /// <summary>A file before the archive.</summary>
    public static byte[] Legacy(byte[] root, string[] keys, params byte[] storages)
    {
        var list = new PickleFile().Op(']').Op('(');
        foreach (var key in keys)
        {
            list.Text(key);
        }

        var system = new PickleFile().Op('}').Op('(').Text("little_endian").Op((char)0x88).Op('u');
        return
        [
            .. new PickleFile()
                .Op((char)0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .Bytes,
            .. new PickleFile().Number(1001).Bytes,
            .. system.Bytes,
            .. root,
            .. list.Op('e').Bytes,
            .. storages,
        ];
    }

    /// <summary>A good one of those.</summary>
    public static byte[] GoodLegacy =>
        Legacy(
            Of("w", "0", 4, 0, [2, 2], [2, 1]),
            ["0"],
            new Written().Long(4).Add(Written.Floats(1, 2, 3, 4)).Bytes
        );
}
