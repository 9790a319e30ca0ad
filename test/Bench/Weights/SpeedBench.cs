using System.Diagnostics;
using System.Globalization;
using Concord.Cli.Weights;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;

namespace Concord.Bench.Weights;

/// <summary>
/// <c>weights speed [FOLDER]</c>: reading weights once for all digests and the fingerprint, beside
/// what people hash files with, on the same files in the same run, warm and cold.
/// </summary>
internal static class SpeedBench
{
    private const int Runs = 3;

    private static readonly (string Name, string[] Words)[] _peers =
    [
        ("sha256sum", ["sha256sum"]),
        ("openssl dgst -sha256", ["openssl", "dgst", "-sha256"]),
        ("b3sum", ["b3sum", "--num-threads", "1"]),
        ("cat", ["cat"]),
    ];

    public static int Run(string? folder)
    {
        using var scratch = new Scratch();
        var place = folder ?? scratch.Folder("weights");
        var files = new[]
        {
            Path.Combine(place, "large.safetensors"),
            Path.Combine(place, "large.gguf"),
        };
        LargeFiles.WriteSafetensors(files[0]);
        LargeFiles.WriteGguf(files[1]);
        Console.WriteLine("| file | GB | cache | what | GB/s | of the fingerprint |");
        Console.WriteLine("|---|---:|---|---|---:|---:|");
        foreach (var file in files)
        {
            Report(file, "warm", () => { });
            if (TryDropCaches())
            {
                Report(file, "cold", () => TryDropCaches());
            }
        }

        return 0;
    }

    private static void Report(string file, string cache, Action before)
    {
        var size = new FileInfo(file).Length / 1e9;
        _ = Fastest(before, () => Fingerprint(file));
        var ours = Fastest(before, () => Fingerprint(file));
        Row(file, size, cache, "fingerprint, digests of file and tensors", ours, ours);
        foreach (var (name, words) in _peers)
        {
            Row(file, size, cache, name, Fastest(before, () => Peer([.. words, file])), ours);
        }
    }

    private static void Row(
        string file,
        double size,
        string cache,
        string what,
        double seconds,
        double ours
    ) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetExtension(file)} | {size:0.00} | {cache} | {what} "
                    + $"| {size / seconds:0.00} | {seconds / ours:0.00} |"
            )
        );

    private static double Fastest(Action before, Action work)
    {
        var best = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            before();
            var clock = Stopwatch.StartNew();
            work();
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static void Fingerprint(string path)
    {
        using var file = FileBytes.Named(path, ReadingBudget.Ample(TimeProvider.System));
        var contents = WeightsReader.Read(file, _ => null);
        var reading = Fingerprinter.Read(
            contents,
            [file],
            WeightsThreads.All,
            progress: null,
            CancellationToken.None
        );
        if (reading.Fingerprint.Layers.Count == 0)
        {
            throw new InvalidOperationException("Nothing was sketched.");
        }
    }

    private static void Peer(string[] words)
    {
        var start = new ProcessStartInfo(words[0])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var word in words[1..])
        {
            start.ArgumentList.Add(word);
        }

        using var process =
            Process.Start(start)
            ?? throw new InvalidOperationException($"{words[0]} did not start.");
        var buffer = new byte[1 << 20];
        while (process.StandardOutput.BaseStream.Read(buffer) > 0) { }

        process.WaitForExit();
    }

    private static bool TryDropCaches()
    {
        try
        {
            File.WriteAllText("/proc/sys/vm/drop_caches", "3");
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
