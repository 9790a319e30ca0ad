using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Concord.Bench.Http;

/// <summary>
/// One abuse, a process of its own: connections from addresses that nobody else has, which flood,
/// break off or trickle until their time is over.
/// </summary>
internal static class Abuser
{
    /// <summary>The third number of its addresses.</summary>
    public const byte Network = 1;

    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    /// <summary>Runs as the process: url, how, file, connections, seconds.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var url = new Uri(args[0]);
        var requests = RequestFile.Read(args[2]);
        var connections = int.Parse(args[3], CultureInfo.InvariantCulture);
        var seconds = int.Parse(args[4], CultureInfo.InvariantCulture);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var next = -1;
        var told = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        byte[] Next() => requests[(int)((uint)Interlocked.Increment(ref next) % requests.Count)];
        Func<int, Task<string>> one = args[1] switch
        {
            "flood" => number => FloodAsync(url, number, Next, told, stop.Token),
            "drain" => number => DrainAsync(url, number, Next(), stop.Token),
            "halves" => number => HalfAsync(url, number, Next(), stop.Token),
            _ => number => TrickleAsync(url, number, Next(), stop.Token),
        };
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(number =>
                    Task.Run(async () =>
                    {
                        while (!stop.IsCancellationRequested)
                        {
                            var end = await EndOfAsync(() => one(number));
                            told.AddOrUpdate(end, 1, (_, count) => count + 1);
                        }
                    })
                )
        );
        var passed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine(
            string.Join(
                ", ",
                told.Where(pair => pair.Key.Length > 0)
                    .OrderByDescending(pair => pair.Value)
                    .Select(pair => $"{pair.Value / passed:N0}/s {pair.Key}")
            )
        );
        return 0;
    }

    // Each request when the last was answered, whatever the answer says of coming again.
    private static async Task<string> FloodAsync(
        Uri url,
        int number,
        Func<byte[]> next,
        ConcurrentDictionary<string, int> told,
        CancellationToken stop
    )
    {
        using var client = await RawClient.ConnectAsync(url, number, Network);
        while (!stop.IsCancellationRequested)
        {
            var (status, _) = await client.AskAsync(next()).AsTask().WaitAsync(stop);
            var name = status.ToString(CultureInfo.InvariantCulture);
            told.AddOrUpdate(name, 1, (_, count) => count + 1);
        }

        return "";
    }

    // An answer without a length ends with its connection.
    private static async Task<string> DrainAsync(
        Uri url,
        int number,
        byte[] request,
        CancellationToken stop
    )
    {
        using var socket = await RawClient.SocketAsync(url, number, Network);
        await SendAsync(socket, request, stop);
        var answer = new byte[64 << 10];
        var first = await socket.ReceiveAsync(answer, SocketFlags.None, stop);
        var status = first > 12 ? Encoding.ASCII.GetString(answer, 9, 3) : "closed";
        while (await socket.ReceiveAsync(answer, SocketFlags.None, stop) > 0) { }

        return status;
    }

    private static async Task<string> HalfAsync(
        Uri url,
        int number,
        byte[] request,
        CancellationToken stop
    )
    {
        using var socket = await RawClient.SocketAsync(url, number, Network);
        await SendAsync(socket, request.AsMemory(0, request.Length / 2), stop);
        return "broken off";
    }

    private static async Task<string> TrickleAsync(
        Uri url,
        int number,
        byte[] request,
        CancellationToken stop
    )
    {
        using var socket = await RawClient.SocketAsync(url, number, Network);
        // What is sent at once ends at the first byte of zero: a head, or a part of one.
        var at = request.AsSpan().IndexOf((byte)0);
        await SendAsync(socket, request.AsMemory(0, at), stop);
        for (; at < request.Length && !IsClosed(socket); at++)
        {
            await Task.Delay(s_step, stop);
            await SendAsync(socket, "a"u8.ToArray(), stop);
        }

        return "closed";
    }

    private static async Task SendAsync(
        Socket socket,
        ReadOnlyMemory<byte> bytes,
        CancellationToken stop
    )
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, stop)..];
        }
    }

    // Whatever the server says to a slow client, it is its last word.
    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead);

    // However the server ends a connection, the abuser begins another.
    private static async Task<string> EndOfAsync(Func<Task<string>> one)
    {
        try
        {
            return await one();
        }
        catch (OperationCanceledException)
        {
            return "";
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return "closed";
        }
    }
}
