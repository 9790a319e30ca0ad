using System.Diagnostics;
using System.Globalization;
using Concord.Cli.Weights;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;

namespace Concord.Bench.Weights;

/// <summary>
/// <c>weights speed [FOLDER]</c>: reading weights once for all digests and the fingerprint, beside
/// what people hash files with, on the same files in the same run, warm and cold; where the time
/// goes; and what <c>concord scan</c> takes from its start to its end.
/// </summary>
internal static class SpeedBench
{
    private const int Runs = 4;

    private static readonly (string Name, string[] Words)[] _peers =
    [
        ("sha256sum", ["sha256sum"]),
        ("openssl dgst -sha256", ["openssl", "dgst", "-sha256"]),
        ("b3sum, one thread", ["b3sum", "--num-threads", "1"]),
        ("dd, read alone", ["dd", "bs=1M", "status=none", "of=/dev/null"]),
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
        Console.WriteLine("| file | GB | cache | what | GB/s | times the fingerprint |");
        Console.WriteLine("|---|---:|---|---|---:|---:|");
        foreach (var file in files)
        {
            Report(file, "warm", () => { });
            Report(file, "cold", () => Forget(file));
        }

        Console.WriteLine();
        foreach (var file in files)
        {
            SpeedSteps.Report(file);
            Scan(file);
        }

        return 0;
    }

    /// <summary>Reads a file as <c>concord scan</c> does.</summary>
    public static void Fingerprint(string path, StepsOfWork work)
    {
        using var file = FileBytes.Named(path, ReadingBudget.Ample(TimeProvider.System));
        var contents = WeightsReader.Read(file, _ => null);
        var reading = Fingerprinter.Read(contents, [file], work, null, CancellationToken.None);
        if (reading.Fingerprint.Layers.Count == 0)
        {
            throw new InvalidOperationException("Nothing was sketched.");
        }
    }

    private static void Report(string file, string cache, Action before)
    {
        var ours = Fastest(before, () => Fingerprint(file, WeightsThreads.All));
        Row(file, cache, "fingerprint, digests of file and tensors", ours, ours);
        foreach (var (name, words) in _peers)
        {
            var named = words[0] == "dd" ? $"if={file}" : file;
            Row(file, cache, name, Fastest(before, () => Finished([.. words, named])), ours);
        }
    }

    private static void Row(string file, string cache, string what, double seconds, double ours)
    {
        var size = new FileInfo(file).Length / 1e9;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetExtension(file)} | {size:0.00} | {cache} | {what} "
                    + $"| {size / seconds:0.00} | {ours / seconds:0.00} |"
            )
        );
    }

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

    /// <summary>Makes the system forget what it holds of a file.</summary>
    private static void Forget(string file) =>
        Finished(["dd", $"if={file}", "iflag=nocache", "count=0", "status=none"]);

    private static void Finished(string[] words)
    {
        using var process = Started(words);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{words[0]} failed.");
        }
    }

    private static void Scan(string file)
    {
        var clock = Stopwatch.StartNew();
        var peak = 0L;
        var program = Path.Combine(AppContext.BaseDirectory, "Concord.Cli.dll");
        using var process = Started(["dotnet", program, "scan", file, "--json"]);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(5)))
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("concord scan failed.");
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"`concord scan` of {Path.GetFileName(file)}, its start included: "
                    + $"{seconds:0.00} s, at most {peak / 1e6:0} MB of memory."
            )
        );
    }

    private static Process Started(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        return Process.Start(start)
            ?? throw new InvalidOperationException($"{words[0]} did not start.");
    }
}
