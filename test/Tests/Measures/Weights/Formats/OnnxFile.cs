using System.Text;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>Messages of protobuf, and ONNX made of them.</summary>
internal static class OnnxFile
{
    public static byte[] Good =>
        Model([
            .. Message(5, Tensor("w", [2, 2], 1, Message(9, new byte[16]))),
            .. Message(5, Tensor("typed", [3], 1, Message(4, Written.Floats(1, 2, 3)))),
            .. Message(5, Tensor("half", [2], 10, Message(5, [0x80, 0x78, 0x01]))),
            .. Message(1, Constant("c", Tensor("", [1], 7, Message(7, [0x05])))),
            .. Message(
                1,
                [
                    .. Text(2, "branch"),
                    .. Message(5, Message(6, Message(1, Constant("deep", Floats(2, 8))))),
                ]
            ),
        ]);

    public static byte[] Model(byte[] graph) =>
        [.. Number(1, 8), .. Text(2, "tests"), .. Message(7, graph)];

    public static byte[] Tensor(string name, long[] sizes, ulong type, byte[] data) =>
        [
            .. sizes.SelectMany(size => Number(1, (ulong)size)),
            .. Number(2, type),
            .. name.Length == 0 ? [] : Text(8, name),
            .. data,
        ];

    public static byte[] External(params (string Key, string Value)[] entries) =>
        [
            .. entries.SelectMany(entry =>
                Message(13, [.. Text(1, entry.Key), .. Text(2, entry.Value)])
            ),
            .. Number(14, 1),
        ];

    public static byte[] Constant(string name, byte[] tensor) =>
        [.. Text(2, name), .. Text(4, "Constant"), .. Message(5, Message(5, tensor))];

    public static byte[] Message(int field, byte[] bytes) =>
        [.. Varint((ulong)((field << 3) | 2)), .. Varint((ulong)bytes.Length), .. bytes];

    public static byte[] Text(int field, string text) =>
        Message(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Number(int field, ulong value) =>
        [.. Varint((ulong)field << 3), .. Varint(value)];

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    private static byte[] Floats(long rows, long columns) =>
        Tensor("", [rows, columns], 1, Message(9, new byte[4 * rows * columns]));
}
