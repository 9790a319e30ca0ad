using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;
using Xunit;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>
/// Hostile files, as advisories describe them and as the rules of the formats forbid them: each is
/// refused by its place and reason, before much is read or allocated.
/// </summary>
public sealed class HostileTests
{
    private const long ReadBeyondHeaderMax = 1 << 20;
    private const long AllocatedMax = 64 << 20;

    private static readonly (string Format, IEnumerable<HostileFile> Files)[] s_sets =
    [
        ("any", HostileSets.Any),
        ("safetensors", HostileSafetensors.All),
        ("GGUF", HostileGguf.All),
        ("ONNX", HostileOnnx.All),
        ("PyTorch", HostileTorch.All),
        ("PyTorch before its archive", HostileTorch.Legacy),
        ("legacy GGML", HostileSets.Ggml),
        ("set", HostileSets.All),
    ];

    private static readonly Dictionary<string, HostileFile> s_files = s_sets
        .SelectMany(set =>
            set.Files.Select(file => KeyValuePair.Create($"{set.Format}: {file.What}", file))
        )
        .ToDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Files => [.. s_files.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_hostile_file_is_refused_by_place_and_reason_and_costs_little(string what)
    {
        var file = s_files[what];
        var source = new CountedBytes(file.Name, file.Bytes, file.Length);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Record.Exception(() => WeightsReader.Read(source, file.Beside));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var reported = Assert.IsType<WeightsFault>(fault);
        Assert.Equal(file.Place, reported.Place);
        Assert.Contains(file.Words, reported.Reason, StringComparison.Ordinal);
        Assert.InRange(source.BytesRead, 0, file.Header + ReadBeyondHeaderMax);
        Assert.InRange(allocated, 0, AllocatedMax);
    }

    [Fact]
    public void What_a_file_says_is_shown_without_what_a_terminal_would_act_on()
    {
        var bytes = SafetensorsFile.Of(
            "{\"\\u202e\\u200bx\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
            4
        );

        var fault = Assert.Throws<WeightsFault>(() =>
            WeightsReader.Read(new MemoryBytes("file", bytes), static _ => null)
        );

        Assert.Equal("tensor \"??x\"", fault.Place);
    }
}
