using System.Text;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>safetensors, with whatever header a test wants.</summary>
internal static class SafetensorsFile
{
    public static readonly byte[] Good = Of(
        """
        {"__metadata__":{"format":"pt"},
        "a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},
        "b":{"dtype":"BF16","shape":[3],"data_offsets":[16,22]}}
        """,
        22
    );

    public static byte[] Of(string header, int data, ulong? length = null)
    {
        var json = Encoding.UTF8.GetBytes(header.ReplaceLineEndings(""));
        return new Written()
            .Long(length ?? (ulong)json.Length)
            .Add(json)
            .Add([.. Enumerable.Range(0, data).Select(i => (byte)i)])
            .Bytes;
    }

    /// <summary>One tensor by its entry.</summary>
    public static byte[] Entry(string entry, int data) => Of("{\"a\":{" + entry + "}}", data);
}
