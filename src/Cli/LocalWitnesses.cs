using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Concord.Authority.Foundation;

namespace Concord.Cli;

/// <summary>
/// The witnesses of a sandbox: processes of their own on the same machine, each with its own key
/// and folder, that end with the process which started them, however that ends.
/// </summary>
internal sealed class LocalWitnesses : IAsyncDisposable
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    /// <summary>How many of them must cosign.</summary>
    public const int Quorum = 2;

    private const string FirstLine = "# Written by concord up: witnesses on this machine.";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly List<Process> _processes = [];
    private readonly Task<string[]> _lines;

    private LocalWitnesses(DataFolder folder, AuthorityFile file) =>
        _lines = Task.WhenAll(Enumerable.Range(1, Count).Select(n => LineAsync(folder, file, n)));

    /// <summary>
    /// Whether the policy of a folder is this program's to write; not one that a person wrote.
    /// </summary>
    public static bool MayWrite(DataFolder folder) =>
        !File.Exists(folder.WitnessPolicy)
        || File.ReadAllText(folder.WitnessPolicy).StartsWith(FirstLine, StringComparison.Ordinal);

    /// <summary>Starts them; they get ready while others work.</summary>
    public static LocalWitnesses Start(DataFolder folder, AuthorityFile file) => new(folder, file);

    /// <summary>
    /// Tells them the keys of the log that is witnessed; those that they know change nothing.
    /// </summary>
    /// <exception cref="IOException">One has ended.</exception>
    public void Tell(AuthorityFile file)
    {
        foreach (var process in _processes)
        {
            foreach (var key in KeysOf(file))
            {
                process.StandardInput.WriteLine(key);
            }

            process.StandardInput.Flush();
        }
    }

    /// <summary>Waits until all serve, and gives the policy that names them.</summary>
    /// <exception cref="IOException">One did not start.</exception>
    public async Task<string> PolicyAsync(AuthorityFile file, CancellationToken cancel)
    {
        try
        {
            var lines = await _lines.WaitAsync(s_patience, cancel);
            var names = string.Join(' ', Enumerable.Range(1, Count).Select(n => $"w{n}"));
            return $"{FirstLine}\n"
                + string.Concat(KeysOf(file).Select(key => $"log {key}\n"))
                + string.Concat(lines)
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"group local {Quorum} {names}\nquorum local\n"
                );
        }
        catch (Exception e)
            when (e is TimeoutException or JsonException or System.ComponentModel.Win32Exception)
        {
            throw new IOException($"The witnesses did not start: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
        }

        foreach (var process in _processes)
        {
            using var patience = new CancellationTokenSource(s_farewell);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }

            process.Dispose();
        }

        // What it failed with has been told, or nobody waited for it.
        await _lines.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private Task<string> LineAsync(DataFolder folder, AuthorityFile file, int number)
    {
        var host = file.Origin.Split('/')[0];
        var process = Start([
            "witness",
            "--data",
            Path.Combine(folder.Witnesses, number.ToString(CultureInfo.InvariantCulture)),
            "--port",
            "0",
            "--name",
            $"{host}/witness/{number}",
            .. KeysOf(file).SelectMany(key => (string[])["--log", key]),
            "--with-parent",
            "--json",
        ]);
        _processes.Add(process);
        return ReadAsync(process, number);
    }

    // While one key takes over from another both sign.
    private static IEnumerable<string> KeysOf(AuthorityFile file) =>
        file.LogKeys().Keys.Where(key => key.Until is null).Select(key => $"{key.Verifier}");

    private static async Task<string> ReadAsync(Process process, int number)
    {
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            if (string.Equals(line, "}", StringComparison.Ordinal))
            {
                break;
            }
        }

        using var json = JsonDocument.Parse(text.ToString());
        if (!json.RootElement.TryGetProperty("verifier_key", out var key))
        {
            throw new IOException(json.RootElement.GetProperty("error").GetString());
        }

        var url = json.RootElement.GetProperty("url").GetString();
        return $"witness w{number} {key.GetString()} {url}\n";
    }

    private static Process Start(string[] words)
    {
        var program = typeof(LocalWitnesses).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // A witness holds next to nothing; a server's young generation would be most of it.
        start.Environment["DOTNET_GCgen0size"] = "400000";
        if (program.EndsWith(".dll", StringComparison.Ordinal))
        {
            start.FileName = "dotnet";
            start.ArgumentList.Add(program);
        }

        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
