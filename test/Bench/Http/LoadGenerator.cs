using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Concord.Bench.Http;

/// <summary>
/// The load, a process of its own: clients that send the requests of a file, each the next when its
/// last was answered, or all together so many a second.
/// </summary>
internal static class LoadGenerator
{
    private const int Warming = 200;

    /// <summary>
    /// Runs as the process: url, file, skip, count, clients, requests a second or 0.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int Number(int at) => int.Parse(args[at], CultureInfo.InvariantCulture);
        var requests = RequestFile.Read(args[1], Number(2), Number(3));
        var figures = await RunAsync(new(args[0]), requests, Number(4), Number(5));
        Console.WriteLine(figures.ToString());
        return 0;
    }

    /// <summary>Starts the process and reads its figures.</summary>
    public static async Task<LoadFigures> StartAsync(
        Uri url,
        string file,
        int skip,
        int count,
        int clients,
        int perSecond
    )
    {
        object[] words = ["load", url, file, skip, count, clients, perSecond];
        return LoadFigures.Parse(await ThisProgram.RunAsync([], words));
    }

    private static async Task<LoadFigures> RunAsync(
        Uri url,
        IReadOnlyList<byte[]> requests,
        int clients,
        int perSecond
    )
    {
        var next = -1;
        var waits = new double[requests.Count];
        var started = Stopwatch.GetTimestamp();
        async Task ClientAsync(int number)
        {
            using var client = await RawClient.ConnectAsync(url, number);
            for (int at; (at = Interlocked.Increment(ref next)) < requests.Count; )
            {
                var due = started;
                if (perSecond > 0)
                {
                    due += (long)(at * (double)Stopwatch.Frequency / perSecond);
                    var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                    if (early > TimeSpan.Zero)
                    {
                        await Task.Delay(early);
                    }
                }

                // With a rate a request waits from when it was due, whether or not it was sent.
                var begun = perSecond > 0 ? due : Stopwatch.GetTimestamp();
                var (status, body) = await client.AskAsync(requests[at]);
                waits[at] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                if (status is not (200 or 201))
                {
                    throw new InvalidOperationException(Encoding.UTF8.GetString(body.Span));
                }
            }
        }

        await Task.WhenAll(
            Enumerable.Range(0, clients).Select(n => Task.Run(() => ClientAsync(n)))
        );
        var wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var settled = waits[Math.Min(Warming, requests.Count / 10)..];
        Array.Sort(settled);
        return new(
            requests.Count / wall,
            settled[settled.Length / 2],
            settled[(int)(settled.Length * 0.95)],
            settled[(int)(settled.Length * 0.99)],
            Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds
        );
    }
}
