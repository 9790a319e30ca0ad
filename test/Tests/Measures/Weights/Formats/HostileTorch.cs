namespace Concord.Tests.Measures.Weights.Formats;

internal static class HostileTorch
{
    private static readonly byte[] s_pickle = PickleFile.Of("w", "0", 4, 0, [2, 2], [2, 1]);
    private static readonly byte[] s_data = new byte[16];

    public static IEnumerable<HostileFile> All =>
        [
            new(
                "no pickle",
                new TorchFile().Entry("m/data/0", s_data).Bytes,
                Directory,
                "this has 0"
            ),
            new("two pickles", Entries("a/data.pkl", "b/data.pkl"), Directory, "this has 2"),
            new(
                "an entry twice",
                Entries("m/data.pkl", "m/data/0", "m/data/0"),
                "byte 495",
                "twice"
            ),
            new("entries of two folders", Entries("m/data.pkl", "n/x"), "entry \"n/x\"", "outside"),
            new("an entry in ..", Entries("m/data.pkl", "m/../x"), "byte 369", "leads out"),
            new("an absolute entry", Entries("m/data.pkl", "/x"), "byte 365", "leads out"),
            new("a head of another name", Bent(new() { Listed = Other }), "byte 0", "differ"),
            new("a directory of other lengths", Bent(new() { Longer = 4 }), "byte 233", "lacks"),
            new(
                "heads of other lengths",
                Bent(new() { Longer = 4, HasDescriptors = false }),
                "byte 0",
                "the head and the directory differ"
            ),
            new("encryption", Bent(new() { Flags = 1 }), "byte 315", "encrypted"),
            new("compression", Bent(new() { Method = 8 }), "entry \"m/data.pkl\"", "compressed"),
            new("an unknown method", Bent(new() { Method = 12 }), "byte 315", "unknown method"),
            new("a gap", Bent(new() { Gap = new byte[9] }), "byte 299", "its descriptor lacks"),
            new(
                "a gap behind entries without descriptors",
                Bent(new() { Gap = new byte[9], HasDescriptors = false }),
                "byte 283",
                "bytes of no entry"
            ),
            new("a comment", Bent(new() { Comment = new byte[9] }), "byte 434", "end record"),
            new("a tail", [.. TorchFile.Good, 0], "byte 546", "end record is expected"),
            new("an archive cut off", TorchFile.Good[..200], "byte 178", "end record"),
            new("two end records", TwoEnds, "byte 567", "does not end where"),
            new("a zip64 record that lies", Zip64(99), "byte 481", "stand right before"),
            new(
                "a zip64 record of 2^62 entries",
                Zip64(425, 1L << 62),
                "byte 501",
                "different things"
            ),
            new(
                "a terabyte of nothing",
                "PK\x03\x04"u8.ToArray(),
                "byte 1099511627754",
                "end record"
            )
            {
                Length = 1L << 40,
            },
            new("the other byte order", Order, "entry \"m/byteorder\"", "only little-endian"),
            new(
                "a storage that lacks",
                Torch("1", 4, 0, [2, 2], [2, 1]),
                "storage \"1\"",
                "not there"
            ),
            new(
                "a storage longer than its entry",
                Torch("0", 5, 0, [2], [1]),
                "storage \"0\"",
                "16"
            ),
            new(
                "a storage of 2^62",
                Torch("0", 1L << 62, 0, [2], [1]),
                "storage \"0\"",
                "announced"
            ),
            new(
                "a tensor behind its storage",
                Torch("0", 4, 3, [2], [1]),
                "tensor \"w\"",
                "lead out"
            ),
            new(
                "a tensor before its storage",
                Torch("0", 4, -1, [2], [1]),
                "tensor \"w\"",
                "negative"
            ),
            new("a negative step", Torch("0", 4, 3, [2], [-1]), "tensor \"w\"", "negative"),
            new("a negative size", Torch("0", 4, 0, [-2], [1]), "tensor \"w\"", "negative"),
            new(
                "sizes that wrap",
                Torch("0", 4, 0, [1L << 62, 4], [1, 1]),
                "tensor \"w\"",
                "lead out"
            ),
            new(
                "steps that wrap",
                Torch("0", 4, 0, [5, 2], [1L << 62, 1]),
                "tensor \"w\"",
                "lead out"
            ),
            new("a name of 513 letters", LongName, LongPlace, "more than 512 letters"),
        ];

    public static IEnumerable<HostileFile> Legacy =>
        [
            new("a pickle alone", [.. s_pickle, .. s_data], "byte 0", "nothing is unpickled"),
            new(
                "no protocol",
                [.. PickleFile.GoodLegacy[..15], .. s_pickle],
                "byte 204",
                "protocol"
            ),
            new("a call", Run, "byte 56", "opcode 0x53"),
            new("a storage longer than the file", Wrong(4, 8), "byte 262", "are left"),
            new("a storage of another length", Wrong(5, 20), "byte 254", "5 elements here and 4"),
            new("a storage that is not named", Keys("1"), "byte 254", "never named"),
            new("a storage twice", Keys("0", "0"), "byte 284", "has 0 elements here"),
            new("a tail", [.. PickleFile.GoodLegacy, 1], "byte 278", "follow the last storage"),
            new("opcodes without an end", [.. Start, .. Endless], "byte 300056", "300000 values"),
            new("marks within marks", [.. Start, .. Marks], "byte 312", "nested deeper than 256"),
            new("a text of a gigabyte", [.. Start, (byte)'X', 0, 0, 0, 64], "byte 60", "8388608"),
            new(
                "an empty stack",
                [.. Start, (byte)'.', .. s_data],
                "byte 56",
                "stack of this pickle"
            ),
            new(
                "a memory of nothing",
                [.. Start, (byte)'h', 7, .. s_data],
                "byte 57",
                "remembered"
            ),
        ];

    private static string Directory => "its directory";

    private static string LongPlace => $"tensor \"{new string('n', 80)}…\"";

    private static Func<string, string> Other => static name => name.Replace('m', 'n');

    private static byte[] Order =>
        new TorchFile().Entry("m/data.pkl", s_pickle).Entry("m/byteorder", "big"u8.ToArray()).Bytes;

    private static byte[] LongName =>
        Model(PickleFile.Of(new('n', 513), "0", 4, 0, [2, 2], [2, 1]));

    private static byte[] TwoEnds
    {
        get
        {
            var good = TorchFile.Good;
            return [.. good, .. good[^22..]];
        }
    }

    private static byte[] Start =>
        [
            .. PickleFile.GoodLegacy[..15],
            .. new PickleFile().Number(1001).Bytes,
            .. System,
            0x80,
            2,
        ];

    private static byte[] System =>
        new PickleFile().Op('}').Op('(').Text("little_endian").Op((char)0x88).Op('u').Bytes;

    private static byte[] Endless => [.. Enumerable.Repeat((byte)'N', 1_000_000)];

    private static byte[] Marks => [.. Enumerable.Repeat((byte)'(', 1000)];

    private static byte[] Run =>
        PickleFile.Legacy([0x80, 2, .. "(S'id'\nios\nsystem\n."u8], ["0"], s_data);

    private static byte[] Entries(params string[] names)
    {
        var file = new TorchFile();
        foreach (var name in names)
        {
            file.Entry(
                name,
                name.EndsWith("data.pkl", StringComparison.Ordinal) ? s_pickle : s_data
            );
        }

        return file.Bytes;
    }

    private static byte[] Bent(TorchFile file) =>
        file.Entry("m/data.pkl", s_pickle).Entry("m/data/0", s_data).Bytes;

    private static byte[] Torch(string key, long count, long offset, long[] sizes, long[] steps) =>
        Model(PickleFile.Of("w", key, count, offset, sizes, steps));

    private static byte[] Model(byte[] pickle) =>
        new TorchFile().Entry("m/data.pkl", pickle).Entry("m/data/0", s_data).Bytes;

    private static byte[] Wrong(ulong count, int length) =>
        PickleFile.Legacy(s_pickle, ["0"], new Written().Long(count).Add(new byte[length]).Bytes);

    private static byte[] Keys(params string[] keys) =>
        PickleFile.Legacy(s_pickle, keys, new Written().Long(4).Add(new byte[32]).Bytes);

    private static byte[] Zip64(ulong place, long? count = null)
    {
        var good = Bent(new());
        var record = new Written().Word(0x06064b50).Long(44).Word(0).Long(0);
        record.Long((ulong)(count ?? 2)).Long((ulong)(count ?? 2)).Long(1).Long(1);
        var locator = new Written().Word(0x07064b50).Word(0).Long(place).Word(1);
        return [.. good[..^22], .. record.Bytes, .. locator.Bytes, .. good[^22..]];
    }
}
