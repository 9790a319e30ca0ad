using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>Weights on a disk are recognised by the commands, whatever they are called.</summary>
public sealed class ScanTests : IDisposable
{
    private static readonly ZooNet s_base = Untrained.Llama(1, width: 128, hidden: 256);
    private static readonly ZooNet s_other = Untrained.Llama(2, width: 128, hidden: 256);

    private readonly string _folder = Directory.CreateTempSubdirectory("scan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_folder_falls_into_families_whatever_format_names_and_order_have_become()
    {
        Keep("models/base.safetensors", SafetensorsFile.Write(s_base));
        Keep("models/kitten.gguf", GgufFile.Write(s_base, ElementType.Q4_K));
        Keep("models/other.onnx", OnnxFile.Write(s_other));
        Keep(
            "models/shuffled.safetensors",
            SafetensorsFile.Write(Roughened.Int4(Rearranged.Hidden(s_base, 7)))
        );
        Keep("models/README.md", "no weights"u8.ToArray());

        var run = (await RunAsync("scan", "models", "--json")).Done();
        var people = (await RunAsync("scan", "models")).Done();

        var families = run
            .Json.GetProperty("families")
            .EnumerateArray()
            .Select(family =>
                string.Join(
                    ' ',
                    family.EnumerateArray().Select(name => Path.GetFileName(name.GetString()!))
                )
            );
        Assert.Equal(
            ["base.safetensors kitten.gguf shuffled.safetensors", "other.onnx"],
            families.Order(StringComparer.Ordinal)
        );
        Assert.Equal(4, run.Json.GetProperty("models").GetArrayLength());
        Assert.Equal(0, run.Json.GetProperty("unread").GetArrayLength());
        Assert.Contains("alone        other.onnx", people.Output, StringComparison.Ordinal);
        Assert.Contains("no proof of independence", people.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_fingerprint_knows_a_quantised_copy_and_no_stranger()
    {
        Keep("base.safetensors", SafetensorsFile.Write(s_base));
        Keep("copy.gguf", GgufFile.Write(s_base, ElementType.Q4_0));
        Keep("other.safetensors", SafetensorsFile.Write(s_other));
        Keep("kept/.keep", []);

        (
            await RunAsync(
                "scan",
                "base.safetensors",
                "--fingerprint",
                "kept/base.fingerprint",
                "--small"
            )
        ).Done();
        var copy = await RunAsync("scan", "copy.gguf", "--against", "kept", "--json");
        var other = await RunAsync("scan", "other.safetensors", "--against", "kept");

        Assert.True(new FileInfo(At("kept/base.fingerprint")).Length <= Fingerprint.SmallBytes);
        Assert.Equal(9, copy.Code);
        var nearest = copy.Json.GetProperty("models")[0].GetProperty("nearest");
        Assert.Equal("quantisation", nearest.GetProperty("relation").GetString());
        Assert.Equal("left", nearest.GetProperty("child").GetString());
        Assert.Equal(4, other.Code);
        Assert.Contains("no evidence among 1 compared", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_read_is_named_with_its_place_and_ends_with_10()
    {
        var file = SafetensorsFile.Write(s_base);
        Keep("cut/model.safetensors", file[..^100]);
        Keep("empty/README.md", "nothing"u8.ToArray());

        var cut = await RunAsync("scan", "cut", "--json");
        var empty = await RunAsync("scan", "empty");
        var missing = await RunAsync("scan", "nowhere");

        Assert.Equal(10, cut.Code);
        Assert.NotEmpty(cut.Json.GetProperty("unread")[0].GetProperty("reason").GetString()!);
        Assert.Equal(10, empty.Code);
        Assert.Equal(2, missing.Code);
    }

    [Fact]
    public async Task A_comparison_says_which_was_made_from_which_and_draws_it()
    {
        Keep("base.safetensors", SafetensorsFile.Write(s_base));
        Keep("copy.gguf", GgufFile.Write(s_base, ElementType.Q8_0));
        Keep("other.safetensors", SafetensorsFile.Write(s_other));

        var copy = (
            await RunAsync(
                "compare",
                "copy.gguf",
                "base.safetensors",
                "--html",
                "page.html",
                "--svg",
                "picture.svg"
            )
        ).Done();
        var other = await RunAsync("compare", "other.safetensors", "base.safetensors", "--json");

        Assert.Contains("were not trained independently", copy.Output, StringComparison.Ordinal);
        Assert.Contains(
            "copy.gguf was made from base.safetensors: quantisation",
            copy.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<h1>",
            await File.ReadAllTextAsync(At("page.html"), Cancel),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "<svg xmlns",
            await File.ReadAllTextAsync(At("picture.svg"), Cancel),
            StringComparison.Ordinal
        );
        System.Xml.Linq.XDocument.Load(At("picture.svg"));
        Assert.Equal(1, other.Code);
        Assert.Equal(
            "no evidence",
            other.Json.GetProperty("comparisons")[0].GetProperty("verdict").GetString()
        );
    }

    [Fact]
    public async Task A_merge_is_asked_about_with_both_parents()
    {
        Keep("child.safetensors", SafetensorsFile.Write(Blended.Merged(s_base, s_other, 0.5)));
        Keep("one.safetensors", SafetensorsFile.Write(s_base));
        Keep("two.safetensors", SafetensorsFile.Write(s_other));

        var run = (
            await RunAsync(
                "compare",
                "child.safetensors",
                "one.safetensors",
                "two.safetensors",
                "--json"
            )
        ).Done();

        Assert.Equal("merge", run.Json.GetProperty("merge").GetProperty("relation").GetString());
    }

    [Fact]
    public async Task A_base_with_an_adapter_merged_in_is_asked_about_with_both()
    {
        var factors = Blended.Adapter(s_base, 4, 0.3, 7);
        foreach (var (name, file) in AdapterFile.Write(s_base, factors, "zoo/base"))
        {
            Keep($"adapter/{name}", file);
        }

        Keep("base.safetensors", SafetensorsFile.Write(s_base));
        Keep("other.safetensors", SafetensorsFile.Write(s_other));
        Keep("made.safetensors", SafetensorsFile.Write(Blended.LowRank(s_base, 4, 0.3, 7)));

        var made = (
            await RunAsync("compare", "made.safetensors", "base.safetensors", "adapter")
        ).Done();
        var json = (
            await RunAsync("compare", "made.safetensors", "adapter", "base.safetensors", "--json")
        ).Done();
        var other = await RunAsync("compare", "other.safetensors", "base.safetensors", "adapter");
        var pair = await RunAsync("compare", "adapter", "base.safetensors", "--json");
        var scan = await RunAsync("scan", "adapter", "--json");

        Assert.Matches(
            @"made\.safetensors is base\.safetensors with adapter merged in\.",
            made.Output
        );
        var merge = json.Json.GetProperty("adapter_merge");
        Assert.True(merge.GetProperty("is_made").GetBoolean());
        Assert.InRange(merge.GetProperty("explained").GetDouble(), 0.9999, 1.000001);
        Assert.Equal(
            merge.GetProperty("others").GetInt32(),
            merge.GetProperty("others_equal").GetInt32()
        );
        Assert.Equal(
            "adapter",
            json.Json.GetProperty("comparisons")[0]
                .GetProperty("suggestion")
                .GetProperty("relation")
                .GetString()
        );
        Assert.Equal(1, other.Code);
        Assert.Matches(@"is not base\.safetensors with adapter merged", other.Output);
        var fit = pair.Json.GetProperty("comparisons")[0].GetProperty("adapter");
        Assert.Equal("left", fit.GetProperty("side").GetString());
        Assert.Equal(factors.Count, fit.GetProperty("fitting").GetInt32());
        Assert.Equal(
            4,
            scan.Json.GetProperty("models")[0].GetProperty("adapter").GetProperty("rank").GetInt32()
        );
    }

    [Fact]
    public async Task A_watch_scans_an_upload_once_though_it_is_started_again()
    {
        Keep("uploads/copy.gguf", GgufFile.Write(s_base, ElementType.Q8_0));

        var first = (await WatchAsync()).Done();
        var again = (await WatchAsync()).Done();
        Keep("uploads/copy.gguf", GgufFile.Write(s_base, ElementType.Q4_0));
        var changed = (await WatchAsync()).Done();

        Assert.Contains("copy.gguf: ", first.Output, StringComparison.Ordinal);
        Assert.Empty(again.Output);
        Assert.Contains("copy.gguf: ", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_the_memory_that_was_cut_off_is_done_again()
    {
        Keep("uploads/copy.gguf", GgufFile.Write(s_base, ElementType.Q8_0));
        (await WatchAsync()).Done();
        var memory = At("concord-watch.jsonl");
        var kept = await File.ReadAllBytesAsync(memory, Cancel);
        await File.WriteAllBytesAsync(memory, kept[..^9], Cancel);

        var again = (await WatchAsync()).Done();
        await File.AppendAllTextAsync(memory, "no line of a watch\n", Cancel);

        Assert.Contains("copy.gguf: ", again.Output, StringComparison.Ordinal);
        Assert.Equal(7, (await WatchAsync()).Code);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<ConcordProgram.Run> WatchAsync() =>
        RunAsync("watch", "uploads", "--every", "1", "--once");

    private Task<ConcordProgram.Run> RunAsync(params string[] words) =>
        ConcordProgram.RunAsync(_folder, words);

    private string At(string name) => Path.Combine(_folder, name);

    private void Keep(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), bytes);
    }
}
