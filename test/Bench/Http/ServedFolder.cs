using System.Diagnostics;

namespace Concord.Bench.Http;

/// <summary>A data folder, served by <c>concord up</c> in a process of its own.</summary>
internal sealed class ServedFolder : IAsyncDisposable
{
    private readonly Process _process;

    private ServedFolder(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>What the server has used so far.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>The most memory that it had so far, in bytes.</summary>
    public long PeakBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public static async Task<ServedFolder> StartAsync(string data)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        string[] words =
        [
            Path.Combine(AppContext.BaseDirectory, "Concord.Cli.dll"),
            "up",
            "--data",
            data,
            "--port",
            "0",
            "--no-open",
            "--no-witnesses",
            "--json",
        ];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["DOTNET_TieredPGO"] = "1";
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf("http://", StringComparison.Ordinal);
            if (at >= 0)
            {
                return new(process, new(line[at..].Split('"')[0]));
            }
        }

        throw new InvalidOperationException("concord up does not serve.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
