using System.Text;

namespace Concord.Tests.Measures.Weights.Formats;

internal static class HostileOnnx
{
    private const string Here = "tensor \"w\"";

    public static IEnumerable<HostileFile> All =>
        [
            new("no graph", OnnxFile.Number(1, 8).Concat(Filler).ToArray(), "byte 0", "no graph"),
            new("two graphs", [.. OnnxFile.Good, .. OnnxFile.Message(7, [])], "byte 220", "second"),
            new("a message longer than the file", Longer, "byte 3", "are left in its message"),
            new("a message of 2^63 bytes", Huge, "byte 3", "9223372036854775808"),
            new("a tensor longer than its graph", Overlong, "byte 5", "are left in its message"),
            new(
                "a varint without an end",
                [8, .. Enumerable.Repeat((byte)0xFF, 20)],
                "byte 1",
                "ten"
            ),
            new("a group", [8, 8, 0x0B, .. Filler], "byte 2", "no field of a protobuf message"),
            new("graphs within graphs", OnnxFile.Model(Deep(40)), "byte 165", "deeper than 16"),
            new(
                "nine sizes",
                Model(OnnxFile.Tensor("w", [1, 1, 1, 1, 1, 1, 1, 1, 1], 1, Raw)),
                "byte 30",
                "more than 8"
            ),
            new("a negative size", Tensor([-1], 1, Raw), Here, "are negative"),
            new("sizes that wrap", Tensor([1L << 62, 4], 1, Raw), Here, "beyond 2^63"),
            new(
                "sizes of other bytes",
                Tensor([5], 1, Raw),
                Here,
                "take 20 bytes and the file gives it 16"
            ),
            new("no elements", Tensor([5], 1, []), Here, "the file gives it 0"),
            new("an unknown type", Tensor([4], 99, Raw), Here, "type 99 is none of ONNX's"),
            new(
                "elements in two places",
                Model(OnnxFile.Tensor("w", [4], 1, [.. Raw, .. Raw])),
                "byte 38",
                "two places"
            ),
            new(
                "floats as varints",
                Tensor([4], 1, OnnxFile.Message(5, [1, 2, 3, 4])),
                Here,
                "field 5"
            ),
            new(
                "floats that are not packed",
                Model(OnnxFile.Tensor("w", [1], 1, [0x25, 0, 0, 0, 0])),
                "byte 20",
                "packed"
            ),
            new(
                "too few varints",
                Tensor([4], 6, OnnxFile.Message(5, [1, 2, 3])),
                Here,
                "4 elements in 3"
            ),
            new(
                "too many varints",
                Tensor([2], 6, OnnxFile.Message(5, [1, 2, 3])),
                Here,
                "another number"
            ),
            new(
                "9 MiB of varints",
                Tensor([9 << 20], 2, OnnxFile.Message(5, new byte[9 << 20])),
                Here,
                "8388608"
            ),
            new("an initialiser twice", Twice, "byte 39", "stands twice in one graph"),
            new("data in ..", External("../w.bin"), Here, "only a plain name of a file"),
            new("data by way of a folder", External("a/../../w.bin"), Here, "only a plain name"),
            new("data at an absolute path", External("/etc/passwd"), Here, "only a plain name"),
            new("data behind a backslash", External("..\\w.bin"), Here, "only a plain name"),
            new("data in a hidden file", External(".netrc"), Here, "only a plain name"),
            new("data under an empty name", External(""), Here, "only a plain name"),
            new(
                "data that are not there, or a link",
                External("gone.bin"),
                Here,
                "is not beside the model"
            ),
            new("data without a location", External(null), Here, "lacks a location"),
            new(
                "data at a negative place",
                External("w.bin", ("offset", "-4")),
                Here,
                "no whole number"
            )
            {
                Files = Beside,
            },
            new(
                "data at 2^64",
                External("w.bin", ("offset", "18446744073709551616")),
                Here,
                "whole number"
            )
            {
                Files = Beside,
            },
            new(
                "data behind the file",
                External("w.bin", ("offset", "12")),
                Here,
                "end behind the file"
            )
            {
                Files = Beside,
            },
            new("data of another length", External("w.bin", ("length", "4")), Here, "gives it 4")
            {
                Files = Beside,
            },
            new("data that overlap", Overlap, "tensor \"v\"", "another tensor's in part")
            {
                Files = Beside,
            },
            new(
                "data of a tensor that says it has none",
                NotExternal,
                Here,
                "says that it has none"
            ),
            new(
                "a key of external data twice",
                Model(TwoOffsets),
                "byte 61",
                "for the second time"
            ),
            new("a terabyte of nothing", OnnxFile.Number(1, 8), "byte 2", "no field of a protobuf")
            {
                Length = 1L << 40,
            },
        ];

    private static Dictionary<string, byte[]> Beside => new() { ["w.bin"] = new byte[16] };

    private static byte[] Filler => OnnxFile.Text(6, "a model of nothing at all");

    private static byte[] Raw => OnnxFile.Message(9, new byte[16]);

    private static byte[] Longer => [8, 8, 0x3A, 100, 0, .. new byte[20]];

    private static byte[] Huge => [8, 8, 0x3A, .. OnnxFile.Varint(1UL << 63), .. new byte[20]];

    private static byte[] Overlong => [8, 8, 0x3A, 20, 0x2A, 30, .. new byte[40]];

    private static byte[] Twice
    {
        get
        {
            var tensor = OnnxFile.Message(5, OnnxFile.Tensor("w", [4], 1, Raw));
            return OnnxFile.Model([.. tensor, .. tensor]);
        }
    }

    private static byte[] Overlap =>
        Two(
            OnnxFile.Tensor("w", [2], 1, OnnxFile.External(("location", "w.bin"))),
            OnnxFile.Tensor("v", [1], 1, OnnxFile.External(("location", "w.bin"), ("offset", "4")))
        );

    private static byte[] NotExternal
    {
        get
        {
            var data = OnnxFile.External(("location", "w.bin"));
            return Model(OnnxFile.Tensor("w", [4], 1, [.. data[..^2], .. Raw]));
        }
    }

    private static byte[] TwoOffsets =>
        OnnxFile.Tensor(
            "w",
            [4],
            1,
            OnnxFile.External(("location", "w"), ("offset", "0"), ("offset", "4"))
        );

    private static byte[] Two(byte[] one, byte[] other) =>
        OnnxFile.Model([.. OnnxFile.Message(5, one), .. OnnxFile.Message(5, other)]);

    private static byte[] Model(byte[] tensor) => OnnxFile.Model(OnnxFile.Message(5, tensor));

    private static byte[] Tensor(long[] sizes, ulong type, byte[] data) =>
        Model(OnnxFile.Tensor("w", sizes, type, data));

    private static byte[] External(string? location, params (string Key, string Value)[] more) =>
        Model(
            OnnxFile.Tensor(
                "w",
                [4],
                1,
                OnnxFile.External([
                    .. location is null ? [] : new[] { ("location", location) },
                    .. more,
                ])
            )
        );

    private static byte[] Deep(int depth) =>
        depth == 0
            ? []
            : OnnxFile.Message(1, OnnxFile.Message(5, OnnxFile.Message(6, Deep(depth - 1))));
}
