using System.Diagnostics;
using System.Globalization;

namespace Concord.Bench.Http;

/// <summary>This program once more, as a process of its own.</summary>
internal static class ThisProgram
{
    /// <summary>Starts it and reads what it prints.</summary>
    /// <param name="under">A program that starts it, with its options.</param>
    /// <param name="words">Its own words.</param>
    public static async Task<string> RunAsync(IEnumerable<string> under, IEnumerable<object> words)
    {
        string[] line =
        [
            .. under,
            Environment.ProcessPath!,
            .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet"
                ? [typeof(ThisProgram).Assembly.Location]
                : Array.Empty<string>(),
            .. words.Select(word => Convert.ToString(word, CultureInfo.InvariantCulture)!),
        ];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        // What it collects must not take the processors of what is measured.
        start.Environment["DOTNET_gcServer"] = "0";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? said
            : throw new InvalidOperationException("A process of the bench failed.");
    }
}
