using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Concord.Hosts.Crash;

/// <summary>The command line as a process of its own, as people start it.</summary>
internal static class ServerProcess
{
    /// <summary>Starts <c>concord up</c> on a folder and waits until it serves.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="option">One more option; most tests need no witnesses.</param>
    /// <param name="port">Where it serves; 0: wherever is free.</param>
    /// <returns>The process and its address.</returns>
    public static async Task<(Process Process, Uri Url)> UpAsync(
        string folder,
        CancellationToken cancel,
        string option = "--no-witnesses",
        int port = 0
    )
    {
        var process = Up(folder, option, port);
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            said.Add(line);
            var at = line.IndexOf("http://", StringComparison.Ordinal);
            if (at >= 0)
            {
                return (process, new(line[at..].Split('"')[0]));
            }
        }

        await process.WaitForExitAsync(cancel);
        throw new InvalidOperationException(
            $"concord up ended with {process.ExitCode}:\n{string.Join('\n', said)}"
        );
    }

    /// <summary>Starts <c>concord up</c> on a folder.</summary>
    public static Process Up(string folder, string option = "--no-witnesses", int port = 0) =>
        Start("up", "--data", folder, "--port", $"{port}", "--no-open", option, "--json");

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        CancellationToken cancel,
        params string[] words
    )
    {
        using var process = Start(words);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, output);
    }

    /// <summary>Ends a process as <c>kill -9</c> does: it gets to do nothing more.</summary>
    public static async Task KillAsync(Process process)
    {
        if (kill(process.Id, 9) != 0)
        {
            throw new InvalidOperationException("The server was not there to be killed.");
        }

        await process.WaitForExitAsync();
    }

    private static Process Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Concord.Cli.dll"));
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}
