using System.Globalization;
using System.Text;

namespace Concord.Tests.Measures.Weights.Formats;

internal static class HostileSafetensors
{
    private const long Terabyte = 1L << 40;

    public static IEnumerable<HostileFile> All =>
        [
            new(
                "a header longer than the file",
                SafetensorsFile.Of("{}", 9, 4000),
                "byte 0",
                "4000"
            ),
            new(
                "a header of 2^63 bytes",
                SafetensorsFile.Of("{}", 9, 1UL << 63),
                "byte 0",
                "allowed"
            ),
            new(
                "a header of more than 100 MB",
                Zeros(100_000_001),
                "byte 0",
                "100000000 are allowed"
            )
            {
                Length = Terabyte,
            },
            new("a terabyte of zeros for a header", Zeros(1 << 20), "byte 9", "JSON is broken")
            {
                Length = Terabyte,
            },
            new(
                "no JSON",
                SafetensorsFile.Of("{\"a\" 1}        ", 0),
                "byte 13",
                "the JSON is broken here"
            ),
            new("the same tensor twice", Two("a", "a", 0, 4, 4, 8), "byte 61", "stands twice"),
            new(
                "a key of an entry twice",
                Entry("U8", "4", "0,4", ",\"dtype\":\"I8\""),
                "byte 60",
                "twice"
            ),
            new(
                "an unknown key",
                Entry("U8", "4", "0,4", ",\"x\":[[[[1]]]]"),
                "byte 60",
                "\"x\" stands"
            ),
            new(
                "a key that lacks",
                SafetensorsFile.Entry("\"dtype\":\"U8\"", 4),
                "tensor \"a\"",
                "lacks"
            ),
            new("deep metadata", SafetensorsFile.Of(Deep, 0), "byte 29", "a text, as all of"),
            new("metadata of numbers", SafetensorsFile.Of(Numbers, 0), "byte 29", "a text, as all"),
            new(
                "an unknown dtype",
                Entry("Q9", "4", "0,4"),
                "tensor \"a\"",
                "dtype \"Q9\" is none"
            ),
            new("no offsets", Entry("U8", "4", ""), "tensor \"a\"", "or two data_offsets"),
            new("offsets that turn back", Entry("U8", "4", "4,0"), "tensor \"a\"", "turn back"),
            new("offsets behind the file", Entry("U8", "9", "0,9"), "tensor \"a\"", "end behind"),
            new("a negative offset", Entry("U8", "4", "-1,3"), "byte 55", "between 0 and 2^63"),
            new("a broken size", Entry("U8", "4.5", "0,4"), "byte 36", "a whole number"),
            new(
                "a size beyond 2^63",
                Entry("U8", "9223372036854775808", "0,4"),
                "byte 36",
                "whole"
            ),
            new(
                "a product of sizes that wraps to 4",
                Entry("U8", "4611686018427387905,4", "0,4"),
                "tensor \"a\"",
                "their product is beyond 2^63"
            ),
            new(
                "a product that wraps beside a size of zero",
                Entry("U8", "4611686018427387905,4,0", "0,0"),
                "tensor \"a\"",
                "their product is beyond 2^63"
            ),
            new(
                "bytes that wrap",
                Entry("F64", "2305843009213693952", "0,0"),
                "tensor \"a\"",
                "whole"
            ),
            new("sizes of other bytes", Entry("F32", "2", "0,4"), "tensor \"a\"", "take 8 bytes"),
            new("half a byte", Entry("F4", "3", "0,1"), "tensor \"a\"", "no whole number of bytes"),
            new("nine sizes", Entry("U8", "1,1,1,1,1,1,1,1,4", "0,4"), "byte 52", "more than 8"),
            new(
                "two tensors on the same bytes",
                Two("a", "b", 0, 4, 2, 6),
                "tensor \"b\"",
                "within"
            ),
            new(
                "a gap between tensors",
                Two("a", "b", 0, 2, 4, 8),
                "tensor \"b\"",
                "are no tensor's"
            ),
            new("a gap before the first", Two("a", "b", 2, 4, 4, 8), "tensor \"a\"", "no gaps"),
            new("a tail", Two("a", "b", 0, 2, 2, 4), "byte 117", "nothing may follow"),
            new("a tail of a terabyte", Two("a", "b", 0, 4, 4, 8), "byte 121", "nothing may follow")
            {
                Length = Terabyte,
            },
            new(
                "a second document",
                SafetensorsFile.Of("{}{}      ", 0),
                "byte 10",
                "JSON is broken"
            ),
            new("a name of 513 letters", Name(new('n', 513)), "byte 9", "more than 512 letters"),
            new("a name with a line feed", Name("a\\nb"), "byte 9", "control characters"),
            new("a name that is no UTF-8", Broken, "byte 9", "no UTF-8"),
            new("a text of 64 MiB", Text(64 << 20), "byte 29", "more than 8388608 bytes"),
            new(
                "a million tensors",
                Many(1_000_000),
                "tensor \"65536\"",
                "more than 65536 tensors"
            ),
        ];

    private static string Deep => "{\"__metadata__\":{\"a\":{\"b\":1}}}";

    private static string Numbers => "{\"__metadata__\":{\"a\":1}}";

    private static byte[] Broken
    {
        get
        {
            var bytes = Name("abc");
            bytes[11] = 0xFF;
            return bytes;
        }
    }

    private static byte[] Zeros(ulong length) => new Written().Long(length).Text("{").Bytes;

    private static byte[] Entry(string type, string shape, string offsets, string more = "") =>
        SafetensorsFile.Entry(
            $"\"dtype\":\"{type}\",\"shape\":[{shape}],\"data_offsets\":[{offsets}]{more}",
            4
        );

    private static byte[] Name(string name) =>
        SafetensorsFile.Of(
            "{\"" + name + "\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}",
            4
        );

    private static byte[] Two(string one, string other, int from, int to, int next, int end) =>
        SafetensorsFile.Of($"{{{Part(one, from, to)},{Part(other, next, end)}}}", 8);

    private static string Part(string name, int from, int to) =>
        $"\"{name}\":{{\"dtype\":\"U8\",\"shape\":[{to - from}],\"data_offsets\":[{from},{to}]}}";

    private static byte[] Text(int length) =>
        SafetensorsFile.Of("{\"__metadata__\":{\"a\":\"" + new string('x', length) + "\"}}", 0);

    private static byte[] Many(int count)
    {
        var header = new StringBuilder("{");
        for (var i = 0; i < count; i++)
        {
            header.Append(CultureInfo.InvariantCulture, $"\"{i}\":");
            header.Append("{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]},");
        }

        return SafetensorsFile.Of(header.ToString(), 1);
    }
}
