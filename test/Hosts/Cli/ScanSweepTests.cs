using Concord.Authority;
using Concord.Hosts.Api;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>A scan asks a large register on until all of it was swept.</summary>
public sealed class ScanSweepTests : IDisposable
{
    private static readonly ZooNet s_base = Untrained.Llama(1, width: 128, hidden: 256);

    private readonly string _folder = Directory.CreateTempSubdirectory("scan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_rotated_copy_is_found_by_the_sweep_and_the_scan_says_how_much_was_swept()
    {
        await using var server = await StartAsync(SweptRegister.Limits, hasSketch: false);
        Keep("pocket.gguf", GgufFile.Write(Rearranged.Rotated(s_base, 3), ElementType.Q8_0));

        var run = await ScanAsync(server, "pocket.gguf", "--json");
        var people = await ScanAsync(server, "pocket.gguf");

        Assert.Equal(9, run.Code);
        var model = run.Json.GetProperty("models")[0];
        Assert.Equal("derivative", model.GetProperty("verdict").GetString());
        var swept = model.GetProperty("swept");
        Assert.True(swept.GetProperty("complete").GetBoolean());
        Assert.Equal(25, swept.GetProperty("swept").GetInt64());
        Assert.Equal(25, swept.GetProperty("fingerprints").GetInt64());
        Assert.Empty(SweptRegister.Found(model.GetProperty("answer")));
        Assert.Single(SweptRegister.Found([.. model.GetProperty("further").EnumerateArray()]));
        Assert.Contains("derivative of Tern 1", people.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Fingerprints of the register: 25, all swept, ",
            people.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_small_register_is_compared_whole_by_one_answer()
    {
        await using var server = await StartAsync(new(), hasSketch: true);
        Keep("copy.gguf", GgufFile.Write(s_base, ElementType.Q8_0));

        var people = await ScanAsync(server, "copy.gguf");

        Assert.Contains("derivative of Tern 1", people.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Fingerprints of the register: 25, all compared whole.",
            people.Output,
            StringComparison.Ordinal
        );
    }

    // The sketch of so small a network is near to that of a rotated copy too.
    private async Task<SandboxServer> StartAsync(
        Authority.Identify.IdentifyLimits limits,
        bool hasSketch
    )
    {
        Keep("base.safetensors", SafetensorsFile.Write(s_base));
        var kept = await ConcordProgram.RunAsync(
            _folder,
            "scan",
            "base.safetensors",
            "--fingerprint",
            "base.fingerprint",
            "--small"
        );
        kept.Done();
        var server = await SandboxServer.StartAsync(host: new HostOptions { Identify = limits });
        var bytes = await File.ReadAllBytesAsync(
            Path.Combine(_folder, "base.fingerprint"),
            TestContext.Current.CancellationToken
        );
        Assert.True(Fingerprint.TryRead(bytes, out var print, out var fault), fault);
        await SweptRegister.FileAsync(server, hasSketch ? print : SweptRegister.Unsketched(print));
        return server;
    }

    private Task<ConcordProgram.Run> ScanAsync(SandboxServer server, params string[] words) =>
        ConcordProgram.RunAsync(
            _folder,
            ["scan", .. words, "--authority", $"{server.Client.BaseAddress}"]
        );

    private void Keep(string name, byte[] bytes) =>
        File.WriteAllBytes(Path.Combine(_folder, name), bytes);
}
