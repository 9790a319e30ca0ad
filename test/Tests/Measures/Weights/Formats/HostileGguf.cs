namespace Concord.Tests.Measures.Weights.Formats;

internal static class HostileGguf
{
    private const long Terabyte = 1L << 40;
    private const string Name = "\"a\"";

    public static IEnumerable<HostileFile> All =>
        [
            new("43 bytes with an array of 2^63", Array(8, 1UL << 63), Key, "an array of"),
            new("an array of a gigabyte of texts", Array(8, 1 << 24), Key, "bytes are left"),
            new(
                "an array of numbers longer than the file",
                Array(4, 1 << 20),
                "byte 49",
                "announced"
            ),
            new("a text of a gigabyte", Value(8, GgufFile.Long(1 << 30)), Key, "allowed"),
            new("a text longer than the file", Value(8, GgufFile.Long(1 << 20)), "byte 45", "left"),
            new("arrays within arrays", Value(9, Nested(9)), Key, "deeper than 4"),
            new("a value of an unknown type", Value(13, [0]), Key, "type 13"),
            new("an array of an unknown type", Array(99, 4), Key, "type 99"),
            new("a boolean of 2", Value(7, [2]), Key, "neither 0 nor 1"),
            new("a key twice", Twice, "byte 38", "key \"k\" stands twice"),
            new("a key of 2^40 bytes", LongKey, "byte 32", "a key of 1099511627776 bytes"),
            new("a key that is no UTF-8", Broken, "byte 32", "plain UTF-8"),
            new("2^63 tensors", Counts(1UL << 63, 0), "byte 8", "are allowed"),
            new(
                "more tensors than bytes",
                Counts(1000, 0),
                "byte 24",
                "1000 tensors are announced"
            ),
            new("2^63 keys", Counts(0, 1UL << 63), "byte 16", "are allowed"),
            new("more keys than bytes", Counts(0, 1000), "byte 24", "8 bytes are announced"),
            new("version 1", Version(1), "byte 4", "versions 2 and 3 are read"),
            new("version 4", Version(4), "byte 4", "version 4"),
            new("a file of the other byte order", Version(0x03000000), "byte 4", "big-endian"),
            new(
                "2^32 − 1 dimensions",
                Tensor([8], 0, 0, uint.MaxValue),
                Here,
                "4294967295 dimensions"
            ),
            new("a size of zero", Tensor([8, 0], 0, 0), Here, "a size of 0"),
            new("a size of 2^63", Tensor([1UL << 63], 0, 0), Here, "a size of 9223372036854775808"),
            new("sizes whose product is 2^64 − 16", Tensor([1UL << 60, 16], 0, 0), Here, "2^63"),
            new(
                "sizes whose product wraps to 0",
                Tensor([1UL << 32, 1UL << 32], 0, 0),
                Here,
                "2^63"
            ),
            new("sizes whose bytes wrap", Tensor([1UL << 62], 0, 0), Here, "no whole number"),
            new("sums of sizes that wrap", Sum, "tensor \"b\"", "the tensors before it end at"),
            new("padding that wraps", Tensor([long.MaxValue], 24, 0), Here, "end behind the file"),
            new("a tensor longer than the file", Tensor([1024], 0, 0), Here, "end behind the file"),
            new("a removed type", Tensor([32], 4, 0), Here, "was removed from GGML"),
            new("a negative type", Tensor([32], uint.MaxValue, 0), Here, "is none of GGML's"),
            new("rows of broken blocks", Tensor([16, 2], 2, 0), Here, "no whole blocks of 32"),
            new("an offset within another", Tensors(0, 0), "tensor \"b\"", "end at 32"),
            new("an offset behind a gap", Tensors(0, 64), "tensor \"b\"", "end at 32"),
            new(
                "an offset of 2^64 − 32",
                Tensors(0, ulong.MaxValue - 31),
                "tensor \"b\"",
                "end at 32"
            ),
            new("an offset that is not aligned", Tensors(4, 32), "tensor \"a\"", "its offset is 4"),
            new("a tensor's name of 65 bytes", LongName, "byte 32", "a tensor's name of 65"),
            new("a tensor twice", TensorTwice, "byte 57", "stands twice"),
            new(
                "an alignment of 2^30",
                Alignment(4, GgufFile.Word(1 << 30)),
                Aligned,
                "power of two"
            ),
            new("an alignment of 0", Alignment(4, GgufFile.Word(0)), Aligned, "power of two"),
            new("an alignment of 24", Alignment(4, GgufFile.Word(24)), Aligned, "power of two"),
            new("an alignment that is a text", Alignment(8, GgufFile.Text("32")), Aligned, "a u32"),
            new("an alignment of 64 bits", Alignment(10, GgufFile.Long(32)), Aligned, "a u32"),
            new("a tail", [.. GgufFile.Good, .. new byte[40]], "byte 640", "nothing may follow"),
            new("a tail of a terabyte", GgufFile.Good, "byte 640", "nothing may follow")
            {
                Length = Terabyte,
            },
            new("a terabyte of nothing", "GGUF"u8.ToArray(), "byte 4", "this GGUF is big-endian")
            {
                Length = Terabyte,
            },
            new("a part alone", Part, "key \"split.count\"", "part 1 of 2, \"m-00001-of-00002")
            {
                Name = "m-00002-of-00002.gguf",
            },
            new("a part of another name", Part, "key \"split.count\"", "its name does not end in"),
            new("a part that is another", Part, "key \"split.no\"", "by its name it is part 1 of 2")
            {
                Name = "m-00001-of-00002.gguf",
                Files = new() { ["m-00002-of-00002.gguf"] = Part },
            },
        ];

    private static string Key => "key \"k\"";

    private static string Here => $"tensor {Name}";

    private static string Aligned => "key \"general.alignment\"";

    private static byte[] Twice => new GgufFile().Key("k", 0, [1]).Key("k", 0, [1]).Bytes(0);

    private static byte[] LongKey =>
        [.. Counts(0, 1)[..24], .. GgufFile.Long(1UL << 40), .. new byte[40]];

    private static byte[] Broken =>
        [.. Counts(0, 1)[..24], .. GgufFile.Long(2), 0xC3, 0x28, .. new byte[40]];

    private static byte[] LongName => new GgufFile().Tensor(new('n', 65), [8], 0, 0).Bytes(32);

    private static byte[] TensorTwice =>
        new GgufFile().Tensor("a", [8], 0, 0).Tensor("a", [8], 0, 32).Bytes(64);

    private static byte[] Sum =>
        new GgufFile().Tensor("a", [8], 0, 0).Tensor("b", [1UL << 61], 24, 1UL << 61).Bytes(64);

    private static byte[] Part =>
        new GgufFile()
            .Key("split.no", 2, [1, 0])
            .Key("split.count", 2, [2, 0])
            .Tensor("a", [8], 0, 0)
            .Bytes(32);

    private static byte[] Value(uint type, byte[] value) =>
        new GgufFile().Key("k", type, value).Bytes(0);

    private static byte[] Array(uint type, ulong count) =>
        Value(9, [.. GgufFile.Word(type), .. GgufFile.Long(count)]);

    private static byte[] Nested(int depth) =>
        depth == 0
            ? [.. GgufFile.Word(0), .. GgufFile.Long(1), 1]
            : [.. GgufFile.Word(9), .. GgufFile.Long(1), .. Nested(depth - 1)];

    private static byte[] Counts(ulong tensors, ulong keys) =>
        new GgufFile
        {
            Tensors = tensors,
            Keys = keys,
            Alignment = 1,
        }.Bytes(0);

    private static byte[] Version(uint version) =>
        new GgufFile { Version = version }
            .Tensor("a", [8], 0, 0)
            .Bytes(32);

    private static byte[] Tensor(ulong[] sizes, uint type, ulong offset, uint? count = null) =>
        new GgufFile().Tensor("a", sizes, type, offset, count).Bytes(64);

    private static byte[] Tensors(ulong one, ulong other) =>
        new GgufFile().Tensor("a", [8], 0, one).Tensor("b", [8], 0, other).Bytes(64);

    private static byte[] Alignment(uint type, byte[] value) =>
        new GgufFile().Key("general.alignment", type, value).Tensor("a", [8], 0, 0).Bytes(64);
}
