using System.Security.Cryptography;
using System.Text;
using Concord.Acts;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Bench.Admission;
using Concord.Bench.Ledger;
using Concord.Ledger;

namespace Concord.Bench.Http;

/// <summary>
/// How long others wait for their receipts while somebody abuses the server, beside how long they
/// wait in the quiet before and after. The abuse runs at the lowest priority: it stands for other
/// machines, whose processors are not the server's; what the server spends on it is the server's.
/// </summary>
internal static class AbuseBench
{
    private const string Usage = "abuse [--seconds N] [--rate N] [--only N]";
    private const int Clients = 8;
    private const int Connections = 64;
    private const int Warming = 4_000;
    private const int Beside = 3;
    private const int LargeBytes = 7 << 20;
    private const int Rows = 10_000;

    private static readonly Abuse[] s_abuses =
    [
        new("random bytes", "flood", Connections),
        new("wrong signatures of a known key", "flood", Connections),
        new("right signatures of an unknown key", "flood", Connections),
        new("forged in the victims' names and addresses", "flood", Connections),
        new("valid acts of one party", "flood", Connections),
        new("attachments that no act names", "flood", 16),
        new("such uploads broken off", "halves", 16),
        new("1,000 bodies, a byte a second", "trickle", 1_000),
        new("1,000 heads, a byte a second", "trickle", 1_000),
        new("files of wrong signatures, judged dry", "drain", 8),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (Words.Read(args, Usage, "seconds", "rate", "only") is not { } words)
        {
            return 64;
        }

        var (seconds, rate) = (words["seconds"] ?? 15, words["rate"] ?? 200);
        Abuse[] abuses = words["only"] is { } only ? [s_abuses[only]] : s_abuses;
        using var scratch = new Scratch();
        foreach (var (what, figure) in Calibration.Measure(scratch.Folder("disk")).Lines())
        {
            HttpBench.Line(what, figure);
        }

        var data = scratch.Folder("data");
        var files = scratch.Folder("requests");
        var each = seconds * rate;
        await PrepareAsync(new(data), files, Warming + (each * ((2 * abuses.Length) + 1)));
        await using var server = await ServedFolder.StartAsync(data);
        var others = new Others(server, Path.Combine(files, "others"), rate);
        await others.FileAsync(Warming, atOnce: true);
        var before = await others.FileAsync(each);
        HttpBench.Line("quiet", Says(before));
        foreach (var abuse in abuses)
        {
            var cpu = server.CpuSeconds;
            var abuser = AbuseAsync(abuse, server.Url, files, seconds + Beside);
            await Task.Delay(TimeSpan.FromSeconds(1));
            var beside = await others.FileAsync(each, isQuiet: false);
            var did = await abuser;
            cpu = server.CpuSeconds - cpu;
            var after = await others.FileAsync(each);
            var ratio = beside.P99 / ((before.P99 + after.P99) / 2);
            HttpBench.Line(
                abuse.Name,
                $"{Says(beside)}, {ratio:N2} × quiet ({before.P99:N1}, {after.P99:N1}); "
                    + $"server {cpu / (seconds + Beside):N2} cores; {did.Trim()}"
            );
            before = after;
        }

        HttpBench.Line("the server's memory at most", $"{server.PeakBytes >> 20:N0} MiB");
        return 0;
    }

    private static string Says(LoadFigures figures) =>
        $"p50 {figures.P50:N1} ms, p99 {figures.P99:N1} ms";

    private static Task<string> AbuseAsync(Abuse abuse, Uri url, string files, int seconds) =>
        ThisProgram.RunAsync(
            ["nice", "-n", "19"],
            ["abuser", url, abuse.How, Path.Combine(files, abuse.Name), abuse.Connections, seconds]
        );

    private static async Task PrepareAsync(DataFolder folder, string files, int acts)
    {
        await Sandbox.CreateAsync(folder, TimeProvider.System, CancellationToken.None);
        var options = new RunningOptions
        {
            Limits = new() { SignerPerSecond = 1e9, SignerBurst = 1e9 },
        };
        await using var running = await RunningAuthority.OpenAsync(folder, options, default);
        await Sandbox.FurnishAsync(running, new Progress<FurnishingStep>(), default);
        var corpus = await Corpus.FoundAsync(running, parties: 40);
        var noisy = await Corpus.FoundAsync(running, parties: 1, from: 40);
        var stranger = StatementSigner.Create();
        void Write(int abuse, IEnumerable<byte[]> requests) =>
            RequestFile.Write(Path.Combine(files, s_abuses[abuse].Name), requests);

        RequestFile.Write(Path.Combine(files, "others"), corpus.Models(acts));
        var forged = corpus.Models(400).Select(Forged).ToArray();
        var own = noisy.Models(40_000);
        var alien = own.Take(400).Select(act => Unknown(act, stranger));
        Write(0, Enumerable.Range(0, 400).Select(_ => Post(RandomNumberGenerator.GetBytes(600))));
        Write(1, forged.Select(act => Post(act)));
        Write(2, alien.Select(act => Post(act)));
        Write(3, forged.Select((act, i) => Post(act, Forwarded(i))));
        RequestFile.Write(Path.Combine(files, s_abuses[4].Name), own);
        var uploads = own.Take(4).Select(Upload).ToArray();
        Write(5, uploads);
        Write(6, uploads);
        Write(7, [Trickle(Post(new byte[1_000]).AsSpan(..^1_000))]);
        Write(9, [Bulk(forged)]);
        Write(8, [Trickle("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "u8)]);
    }

    private static byte[] Post(ReadOnlySpan<byte> body, string more = "") =>
        RawClient.Post("/acts", "application/cose", body, more);

    private static byte[] Bulk(byte[][] forged)
    {
        using var rows = new MemoryStream();
        for (var row = 0; row < Rows; row++)
        {
            var statement = Convert.ToBase64String(forged[row % forged.Length]);
            rows.Write(Encoding.ASCII.GetBytes($"{{\"statement\":\"{statement}\"}}\n"));
        }

        return RawClient.Post(
            "/acts/bulk?dry=true",
            "application/jsonl",
            rows.GetBuffer().AsSpan(0, (int)rows.Length),
            "Connection: close\r\n"
        );
    }

    private static byte[] Forged(Received act)
    {
        var bytes = act.Statement.ToArray();
        bytes[^1] ^= 1;
        return bytes;
    }

    private static byte[] Unknown(Received act, StatementSigner key)
    {
        if (
            !Statement.TryParse(act.Statement, out var statement, out _)
            || !ActBytes.TryParse(
                statement.ContentType,
                statement.Payload,
                out _,
                out var said,
                out _
            )
        )
        {
            throw new InvalidOperationException("The bench's own act is not one.");
        }

        return Drafting.Compose(said, statement.Issuer, key).Statement.ToArray();
    }

    // The addresses from which the others file.
    private static string Forwarded(int number) =>
        $"X-Forwarded-For: 127.0.0.{1 + (number % Clients)}\r\n"
        + $"Forwarded: for=127.0.0.{1 + (number % Clients)}\r\n";

    private static byte[] Upload(Received act) =>
        RequestFile.Form(
            ("statement", act.Statement),
            ("attachment", RandomNumberGenerator.GetBytes(LargeBytes)),
            ("attachment", RandomNumberGenerator.GetBytes(LargeBytes))
        );

    private static byte[] Trickle(ReadOnlySpan<byte> begun) => [.. begun, .. new byte[1_000]];

    /// <summary>An abuse: its name, what the abuser does, over how many connections.</summary>
    private sealed record Abuse(string Name, string How, int Connections);

    /// <summary>The others, who file at a steady rate and use up their file.</summary>
    private sealed class Others(ServedFolder server, string file, int rate)
    {
        private int _used;

        public async Task<LoadFigures> FileAsync(
            int count,
            bool atOnce = false,
            bool isQuiet = true
        )
        {
            if (isQuiet)
            {
                await HttpBench.QuietAsync(server);
            }

            _used += count;
            return await LoadGenerator.StartAsync(
                server.Url,
                file,
                _used - count,
                count,
                Clients,
                atOnce ? 0 : rate
            );
        }
    }
}
