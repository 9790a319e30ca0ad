using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Concord.Bench.Http;

/// <summary>
/// Other people's durable stores on the same machine, with the same number of clients and values of
/// the same size: what a write costs that nobody signs, judges or proves.
/// </summary>
internal static class Peers
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Writes a second of a single etcd as Debian ships it (every write fsynced), through its HTTP
    /// gateway; null where it is not installed.
    /// </summary>
    public static async Task<LoadFigures?> EtcdAsync(
        string folder,
        int clients,
        int bytes,
        int puts
    )
    {
        if (!IsInstalled("etcd"))
        {
            return null;
        }

        var data = Path.Combine(folder, "etcd-" + Guid.NewGuid().ToString("N"));
        const string Address = "http://127.0.0.1:5231";
        var url = new Uri(Address);
        using var etcd = Start(
            "etcd",
            ["--data-dir", data, "--log-level", "error", "--name", "bench"],
            ["--listen-client-urls", Address, "--advertise-client-urls", Address],
            ["--listen-peer-urls", "http://127.0.0.1:5232"],
            ["--initial-advertise-peer-urls", "http://127.0.0.1:5232"],
            ["--initial-cluster", "bench=http://127.0.0.1:5232"]
        );
        try
        {
            await UntilServingAsync(etcd, new(url, "/health"));
            var file = Path.Combine(folder, "etcd.requests");
            RequestFile.Write(file, Enumerable.Range(0, puts).Select(i => Put(i, bytes)));
            return await LoadGenerator.StartAsync(url, file, 0, puts, clients, 0);
        }
        finally
        {
            // One that did not start is gone already.
            if (!etcd.HasExited)
            {
                etcd.Kill();
            }

            await etcd.WaitForExitAsync();
        }
    }

    /// <summary>
    /// Transactions a second of PostgreSQL as Debian ships it (fsync and synchronous_commit on),
    /// one insert each, by pgbench over its Unix socket; null where it is not installed or gives no
    /// figure.
    /// </summary>
    public static async Task<double?> PostgresAsync(int clients, int bytes, int seconds)
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(path => File.Exists(Path.Combine(path, "pgbench")))
            : null;
        if (bin is null || !IsInstalled("runuser"))
        {
            return null;
        }

        // PostgreSQL does not run as root, so its own user gets a folder of its own.
        var data = Path.Combine(Path.GetTempPath(), "concord-pg-" + Guid.NewGuid().ToString("N"));
        var script = data + ".sql";
        await File.WriteAllTextAsync(
            script,
            $"INSERT INTO entries (body) VALUES (repeat('x', {bytes}));\n"
        );
        try
        {
            await AsPostgresAsync(bin, "initdb", "-D", data, "-A", "trust");
            var options =
                $"-c listen_addresses= -k {Path.GetTempPath()} -p 5233 "
                + $"-c max_connections={clients + 20}";
            await AsPostgresAsync(
                bin,
                "pg_ctl",
                "-D",
                data,
                "-w",
                "-l",
                data + "/log",
                "-o",
                options,
                "start"
            );
            string[] at = ["-h", Path.GetTempPath(), "-p", "5233"];
            await AsPostgresAsync(
                bin,
                "psql",
                [.. at, "-c", "CREATE TABLE entries (id bigserial PRIMARY KEY, body text)"]
            );
            var said = await AsPostgresAsync(
                bin,
                "pgbench",
                [
                    .. at,
                    "-n",
                    "-c",
                    Text(clients),
                    "-j",
                    "2",
                    "-T",
                    Text(seconds),
                    "-f",
                    script,
                    "postgres",
                ]
            );
            // On a loaded machine all the time can go by before every client is connected.
            var line = said.Split('\n')
                .FirstOrDefault(one => one.StartsWith("tps", StringComparison.Ordinal));
            return line is null
                ? null
                : double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
        }
        finally
        {
            await AsPostgresAsync(bin, "pg_ctl", "-D", data, "-m", "immediate", "stop");
            File.Delete(script);
            Directory.Delete(data, recursive: true);
        }
    }

    private static byte[] Put(int number, int bytes)
    {
        var key = Convert.ToBase64String(Encoding.ASCII.GetBytes($"act-{number}"));
        var value = Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));
        return RawClient.Post(
            "/v3/kv/put",
            "application/json",
            Encoding.ASCII.GetBytes($"{{\"key\":\"{key}\",\"value\":\"{value}\"}}")
        );
    }

    private static async Task UntilServingAsync(Process process, Uri url)
    {
        using var client = new HttpClient();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(url);
                return;
            }
            catch (HttpRequestException) when (clock.Elapsed < s_patience && !process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<string> AsPostgresAsync(
        string bin,
        string program,
        params string[] words
    )
    {
        var start = new ProcessStartInfo("runuser")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        string[] all = ["-u", "postgres", "--", Path.Combine(bin, program), .. words];
        foreach (var word in all)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 || program is "pg_ctl"
            ? said
            : throw new InvalidOperationException($"{program}: {await errors}");
    }

    private static Process Start(string program, params string[][] words)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words.SelectMany(one => one))
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
