using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Concord.Hosts.Crash;

/// <summary>
/// The disk under a running process, whose kernel answers one call on one file with an error, by
/// <c>strace</c>.
/// </summary>
internal sealed class RefusingDisk : IDisposable
{
    private readonly Process _strace;
    private readonly string _log = Path.GetTempFileName();

    private RefusingDisk(int process, Refusal refusal)
    {
        var start = new ProcessStartInfo("strace")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        string[] words =
        [
            "-f",
            "-p",
            process.ToString(CultureInfo.InvariantCulture),
            "-o",
            _log,
            "-P",
            refusal.File,
            "-e",
            $"trace={refusal.Call}",
            "-e",
            $"inject={refusal.Call}:error={refusal.Error}:when={(refusal.IsLasting ? "1+" : "1")}",
        ];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        _strace = Process.Start(start)!;
    }

    /// <summary>Whether the call was refused at least once.</summary>
    public bool HasRefused
    {
        get
        {
            using var file = new StreamReader(
                new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
            );
            return file.ReadToEnd().Contains("(INJECTED)", StringComparison.Ordinal);
        }
    }

    /// <summary>Stands between a process and its disk from here on.</summary>
    public static async Task<RefusingDisk> AttachAsync(Process process, Refusal refusal)
    {
        var disk = new RefusingDisk(process.Id, refusal);
        while (await disk._strace.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("attached", StringComparison.Ordinal))
            {
                return disk;
            }

            Assert.SkipWhen(
                line.Contains("Operation not permitted", StringComparison.Ordinal),
                "Only who may trace a process can refuse its calls: run as root."
            );
        }

        throw new InvalidOperationException("strace did not attach.");
    }

    public void Dispose()
    {
        // Told to end, it lets the process go; the process runs on.
        using var telling = Process.Start("kill", ["-INT", $"{_strace.Id}"]);
        telling.WaitForExit();
        _strace.WaitForExit();
        _strace.Dispose();
        File.Delete(_log);
    }
}
