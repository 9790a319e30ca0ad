using System.Diagnostics;
using System.Text;
using Concord.Authority.Foundation;
using Concord.Hosts.Tokens;

namespace Concord.Hosts.Stories;

/// <summary>
/// A folder of its own with a running sandbox in <c>concord-data</c>, where the real program is
/// called <c>concord</c>.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private const string CommandLineName = "concord";

    private readonly Dictionary<string, Process> _servers = new(StringComparer.Ordinal);

    private Stage(string folder) => Folder = folder;

    /// <summary>The folder, as commands see it.</summary>
    public string Folder { get; }

    /// <summary>An empty stage.</summary>
    public static Stage Create()
    {
        var stage = new Stage(Directory.CreateTempSubdirectory("concord-story-").FullName);
        var program = Path.Combine(AppContext.BaseDirectory, "Concord.Cli.dll");
        var bin = Directory.CreateDirectory(stage.Bin).FullName;
        var path = Path.Combine(bin, CommandLineName);
        File.WriteAllText(path, $"#!/bin/sh\nexec dotnet '{program}' \"$@\"\n");
        Do("chmod", "700", path);
        SoftTokens.Prepare(stage.Folder);
        Directory.CreateDirectory(stage.Work);
        return stage;
    }

    /// <summary>A stage whose sandbox is a copy of another's, and runs.</summary>
    public static async Task<Stage> CopyAsync(Stage other, CancellationToken cancel)
    {
        var stage = Create();
        // With modes and times: keys stay readable by their owner alone.
        Do("cp", "-a", Path.Combine(other.Work, "concord-data"), stage.Work);
        // With a mark of its own: the other never goes on, so the copy may.
        PlaceMark.Write(new(Path.Combine(stage.Work, "concord-data")));
        await stage.UpAsync("concord up --port 0 --no-open --no-witnesses", cancel);
        return stage;
    }

    /// <summary>The folder in which commands run.</summary>
    public string Work => Path.Combine(Folder, "work");

    private string Bin => Path.Combine(Folder, "bin");

    /// <summary>Runs a command to its end, or an <c>up</c> until it serves.</summary>
    /// <returns>What it printed, and its exit code in brackets where that is not 0.</returns>
    public async Task<string> RunAsync(string command, CancellationToken cancel)
    {
        if (command.StartsWith("concord up ", StringComparison.Ordinal) && command.EndsWith('&'))
        {
            return await UpAsync(command.TrimEnd('&', ' '), cancel);
        }

        if (string.Equals(command, "kill %1", StringComparison.Ordinal))
        {
            await StopAsync();
            return "";
        }

        using var process = Start($"{command} 2>&1", cancel);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? output : $"{output.TrimEnd()}\n[exit {process.ExitCode}]\n";
    }

    /// <summary>Stops what runs, as Ctrl-C does.</summary>
    public async Task StopAsync()
    {
        foreach (var server in _servers.Values)
        {
            using (Process.Start("kill", $"-TERM {server.Id}"))
            {
                using var patience = new CancellationTokenSource(s_patience);
                await server.WaitForExitAsync(patience.Token);
            }

            server.Dispose();
        }

        _servers.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<string> UpAsync(string command, CancellationToken cancel)
    {
        var server = Start($"exec {command} 2>&1", cancel);
        _servers.Add(command, server);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_patience);
        var output = new StringBuilder();
        while (await server.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            output.Append(line).Append('\n');
            if (line.Contains("Ctrl-C", StringComparison.Ordinal))
            {
                return output.ToString();
            }
        }

        await server.WaitForExitAsync(patience.Token);
        _servers.Remove(command);
        return $"{output}[exit {server.ExitCode}]\n";
    }

    private Process Start(string command, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo("bash")
        {
            WorkingDirectory = Work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        start.Environment["PATH"] = Bin + Path.PathSeparator + start.Environment["PATH"];
        start.Environment.Remove("CONCORD_KEY");
        start.Environment["SOFTHSM2_CONF"] = Path.Combine(Folder, "softhsm2.conf");
        start.Environment["CONCORD_PKCS11_MODULE"] = SoftTokens.Module;
        return Process.Start(start)!;
    }

    private static void Do(string program, params string[] words)
    {
        using var process = Process.Start(program, words);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException($"{program} {string.Join(' ', words)} failed.");
        }
    }
}
