using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Concord.Bench.Http;

/// <summary>
/// One HTTP/1.1 connection that sends requests made before the clock starts: the load generator
/// shares the machine with what it measures, so it must cost little.
/// </summary>
internal sealed class RawClient : IDisposable
{
    private const int Addresses = 16;
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 << 10];

    private RawClient(Socket socket) => _socket = socket;

    /// <summary>
    /// Connects from one of sixteen addresses of the loopback network: the server bounds what one
    /// address may file, and many clients are not one address.
    /// </summary>
    /// <param name="url">The server.</param>
    /// <param name="client">The number of the client.</param>
    /// <param name="network">The third number of the addresses: 0 is that of most.</param>
    public static async Task<RawClient> ConnectAsync(Uri url, int client, byte network = 0) =>
        new(await SocketAsync(url, client, network));

    /// <summary>Connects without reading or writing anything.</summary>
    public static async Task<Socket> SocketAsync(Uri url, int client, byte network)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        socket.Bind(
            new IPEndPoint(new IPAddress([127, 0, network, (byte)(1 + (client % Addresses))]), 0)
        );
        await socket.ConnectAsync(IPAddress.Loopback, url.Port);
        return socket;
    }

    /// <summary>The bytes of a request for a page, as a browser asks.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="host">The name and port by which people know the server.</param>
    public static byte[] Get(string path, string host) =>
        Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n"
                + "Accept-Encoding: br\r\n\r\n"
        );

    /// <summary>The bytes of a POST.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="type">The content type.</param>
    /// <param name="body">The body.</param>
    /// <param name="more">More lines of the head, each with its end.</param>
    public static byte[] Post(
        string path,
        string type,
        ReadOnlySpan<byte> body,
        string more = ""
    ) =>
        [
            .. Encoding.ASCII.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {type}\r\n"
                        + $"{more}Content-Length: {body.Length}\r\n\r\n"
                )
            ),
            .. body,
        ];

    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>The status, and the bytes of the body until the next call.</returns>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Body)> AskAsync(
        ReadOnlyMemory<byte> request
    )
    {
        while (request.Length > 0)
        {
            request = request[await _socket.SendAsync(request, SocketFlags.None)..];
        }

        var length = 0;
        while (true)
        {
            length = await MoreAsync(length);
            var head = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head >= 0)
            {
                return await BodyAsync(head + 4, length);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<(int, ReadOnlyMemory<byte>)> BodyAsync(int start, int length)
    {
        var head = Encoding.ASCII.GetString(_buffer, 0, start);
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (head.Contains("transfer-encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            // Whoever waits for a page needs to see its end, not to take its pieces apart.
            while (!_buffer.AsSpan(start, length - start).EndsWith("0\r\n\r\n"u8))
            {
                length = await MoreAsync(length);
            }

            return (status, _buffer.AsMemory(start, length - start));
        }

        var end = start + LengthIn(head);
        while (length < end)
        {
            length = await MoreAsync(length);
        }

        return (status, _buffer.AsMemory(start, end - start));
    }

    private async ValueTask<int> MoreAsync(int length)
    {
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), SocketFlags.None);
        return read > 0
            ? length + read
            : throw new IOException("The server closed the connection, or the answer is too long.");
    }

    private static int LengthIn(string head)
    {
        const string Name = "content-length:";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? throw new IOException("The answer has no length: " + head)
            : int.Parse(
                head.AsSpan(at + Name.Length, head.IndexOf('\r', at) - at - Name.Length),
                CultureInfo.InvariantCulture
            );
    }
}
