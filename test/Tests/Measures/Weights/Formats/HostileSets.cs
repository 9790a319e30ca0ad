namespace Concord.Tests.Measures.Weights.Formats;

internal static class HostileSets
{
    public static IEnumerable<HostileFile> Any =>
        [
            new("an empty file", [], "byte 0", "0 bytes is too short"),
            new("ten bytes", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "byte 0", "a file of 10 bytes"),
            new("a terabyte of zeros", [], "byte 0", "this is none of these") { Length = 1L << 40 },
            new("a picture", [0x89, .. "PNG\r\n\x1a\n"u8, .. new byte[40]], "byte 0", "read are"),
            new(
                "JSON of something else",
                Json("{'architectures':['x']}"),
                "byte 0",
                "JSON without"
            ),
        ];

    public static IEnumerable<HostileFile> Ggml =>
        [
            new("an unknown version", GgmlFile.Llama(9), "byte 4", "versions 1 to 3 are known"),
            new("blocks of an old layout", Old, "tensor \"w\"", "before that of ggjt version 3"),
            new("five dimensions", Tensor([32], 0, 5), "byte 46", "a tensor of 5 dimensions"),
            new("a tensor longer than the file", Tensor([4000], 0), "tensor \"w\"", "end behind"),
            new(
                "sizes that wrap",
                Tensor([1u << 31, 1u << 31, 4], 0),
                "tensor \"w\"",
                "beyond 2^63"
            ),
            new("an unknown type", Tensor([32], 77), "tensor \"w\"", "is none of GGML's"),
            new("half a tensor", GgmlFile.Good[..50], "byte 50", "4 bytes are announced"),
            new("a tail", [.. GgmlFile.Good, 1], "byte 132", "4 bytes are announced"),
            new("a tensor twice", Twice, "byte 91", "stands twice"),
            new("a vocabulary of 2^31", Vocabulary, "byte 36", "a vocabulary of 2147483648"),
        ];

    public static IEnumerable<HostileFile> All =>
        [
            Set(
                "a tensor that its shard lacks",
                "'x':'1.safetensors'",
                "tensor \"x\"",
                "not hold it"
            ),
            Set(
                "a tensor in another shard",
                "'a':'2.safetensors'",
                "tensor \"a\"",
                "does not hold"
            ),
            Set(
                "a shard that is not there",
                "'a':'3.safetensors'",
                "file \"3.safetensors\"",
                "not here"
            ),
            Set("a shard in ..", "'a':'../1.safetensors'", "byte 19", "only a plain name"),
            Set("a shard at an absolute path", "'a':'/etc/passwd'", "byte 19", "only a plain name"),
            Set("a shard that is an index", "'a':'i.json'", "byte 0", "JSON where tensors"),
            Set(
                "a tensor listed twice",
                "'a':'1.safetensors','a':'1.safetensors'",
                "byte 39",
                "twice"
            ),
            Set("no shard", "", "its files", "it names none"),
            Set(
                "the same tensor in two shards",
                "'a':'1.safetensors','b':'1.safetensors','c':'same.safetensors'",
                "tensor \"a\"",
                "it stands in \"1.safetensors\" and again in \"same.safetensors\""
            ),
            Set(
                "shards of two formats",
                "'a':'1.safetensors','w':'m.gguf'",
                "its files",
                "one is Safetensors and another Gguf"
            ),
            new(
                "an index's key twice",
                Json("{'weight_map':{},'weight_map':{}}"),
                "byte 17",
                "twice"
            ),
            new("deep JSON", Json("{'x':[[[[[[[[[[1]]]]]]]]]]}"), "byte 12", "deeper than 8"),
            new(
                "an index of 300,000 tensors",
                Many(300_000),
                "byte 11800058",
                "more than 200000 tensors"
            ),
            new("an index cut off", Json("{'weight_map':{'a':'1"), "byte 21", "JSON is broken"),
            new(
                "an adapter alone",
                Json("{'peft_type':'LORA'}"),
                "its folder",
                "are not beside it"
            ),
            new(
                "an adapter's key twice",
                Json("{'peft_type':'a','peft_type':'b'}"),
                "byte 17",
                "twice"
            ),
            new("an index of a gigabyte", Json("{'weight_map':"), "byte 0", "are allowed")
            {
                Length = 1L << 30,
            },
        ];

    private static byte[] Old => GgmlFile.Llama(1, GgmlFile.Tensor("w", [32, 2], 2, new byte[36]));

    private static byte[] Twice
    {
        get
        {
            var tensor = GgmlFile.Tensor("w", [1], 0, new byte[4], isAligned: false);
            return GgmlFile.Silero([.. tensor, .. tensor]);
        }
    }

    private static byte[] Vocabulary =>
        new Written().Word(0x67676a74).Word(3).Word(1u << 31).Add(new byte[24]).Bytes;

    private static byte[] Tensor(uint[] sizes, uint type, uint? count = null) =>
        GgmlFile.Llama(3, GgmlFile.Tensor("w", sizes, type, new byte[128], count));

    private static HostileFile Set(string what, string map, string place, string words) =>
        new(what, Json("{'weight_map':{" + map + "}}"), place, words)
        {
            Files = new()
            {
                ["1.safetensors"] = SafetensorsFile.Good,
                ["2.safetensors"] = SafetensorsFile.Of(
                    "{\"c\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}",
                    2
                ),
                ["same.safetensors"] = SafetensorsFile.Good,
                ["m.gguf"] = GgufFile.Good,
                ["i.json"] = Json("{'weight_map':{'a':'i.json'}}"),
            },
        };

    private static byte[] Many(int count)
    {
        var map = Enumerable.Range(0, count).Select(i => $"'{i:D40}':'1.safetensors'");
        return Json("{'weight_map':{" + string.Join(',', map) + "}}");
    }

    private static byte[] Json(string text) => HostileFile.Json(text.Replace('\'', '"'));
}
