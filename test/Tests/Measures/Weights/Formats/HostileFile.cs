using System.Text;
using Concord.Measures.Weights;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>A file that is refused: what is wrong in it, and what is said of it.</summary>
/// <param name="What">What is wrong.</param>
/// <param name="Bytes">How it begins.</param>
/// <param name="Place">The place that the fault names.</param>
/// <param name="Words">Words of its reason.</param>
internal sealed record HostileFile(string What, byte[] Bytes, string Place, string Words)
{
    /// <summary>How long it is, where zeros follow what was written.</summary>
    public long? Length { get; init; }

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "file";

    /// <summary>Files beside it.</summary>
    public Dictionary<string, byte[]> Files { get; init; } = [];

    /// <summary>How many bytes of it are a header.</summary>
    public long Header => Math.Min(Bytes.Length, 100_000_008);

    /// <summary>Opens a file beside it.</summary>
    public ByteSource? Beside(string name) =>
        Files.TryGetValue(name, out var bytes) ? new MemoryBytes(name, bytes) : null;

    /// <summary>A file of JSON.</summary>
    public static byte[] Json(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings(""));
}
