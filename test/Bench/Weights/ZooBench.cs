using System.Diagnostics;
using System.Globalization;

namespace Concord.Bench.Weights;

/// <summary>
/// <c>weights zoo FOLDER</c>: trains the networks that recognition is tried on (<c>zoo.py</c>
/// beside this file), and prints losses, seconds and sizes.
/// </summary>
internal static class ZooBench
{
    /// <summary>
    /// Debian's, named whole: another <c>python3</c> on the path has no torch.
    /// </summary>
    private const string Python = "/usr/bin/python3";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["zoo", var folder, .. var six] || six is not ([] or ["--six"]))
        {
            Console.Error.WriteLine(
                "usage: dotnet run -c Release --project test/Bench -- weights zoo FOLDER [--six]"
            );
            return 64;
        }

        var clock = Stopwatch.StartNew();
        var exit = await TrainAsync(folder, six);
        if (exit is 0)
        {
            Report(new DirectoryInfo(folder), clock.Elapsed);
        }

        return exit;
    }

    private static async Task<int> TrainAsync(string folder, string[] six)
    {
        var start = new ProcessStartInfo(Python) { UseShellExecute = false };
        var jobs = six.Length > 0 ? 1 : Math.Min(2, Environment.ProcessorCount);
        var program = Path.Combine(AppContext.BaseDirectory, "Weights", "zoo.py");
        string[] words = ["-B", program, Path.GetFullPath(folder), "--jobs", $"{jobs}", .. six];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process =
            Process.Start(start) ?? throw new InvalidOperationException($"{Python} did not start.");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static void Report(DirectoryInfo folder, TimeSpan wall)
    {
        var files = folder.GetFiles("*.safetensors");
        var megabytes = files.Sum(file => file.Length) / 1e6;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{files.Length} files, {megabytes:F1} MB, {wall.TotalSeconds:F0} s by the clock"
            )
        );
    }
}
