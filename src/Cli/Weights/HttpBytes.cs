using System.Net;
using System.Net.Http.Headers;
using Concord.Measures.Weights;

namespace Concord.Cli.Weights;

/// <summary>
/// A file on a server, by ranges: the server must know them, and the file must stay what it was
/// when the reading began.
/// </summary>
internal sealed class HttpBytes : ByteSource
{
    private const int BlockBytes = 256 << 10;
    private const int Redirects = 5;

    private static readonly TimeSpan s_answerTime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly ReadingBudget _budget;
    private readonly Uri _origin;
    private readonly Lock _gate = new();
    private readonly RangeConditionHeaderValue? _same;
    private byte[] _block = [];
    private long _blockStart;

    private HttpBytes(Uri address, HttpClient http, ReadingBudget budget)
    {
        _origin = address;
        _http = http;
        _budget = budget;
        using var response = Send(0, BlockBytes - 1, null);
        Length =
            response.Content.Headers.ContentRange?.Length
            ?? throw Fault("the server does not say how long the file is");
        _same =
            response.Headers.ETag is { IsWeak: false } tag ? new(tag)
            : response.Content.Headers.LastModified is { } date ? new(date)
            : null;
        _block = Body(response, (int)Math.Min(BlockBytes, Length));
    }

    private TimeSpan Limit => _budget.Left < s_answerTime ? _budget.Left : s_answerTime;

    /// <inheritdoc />
    public override string Name => _origin.GetLeftPart(UriPartial.Path);

    /// <inheritdoc />
    public override long Length { get; }

    /// <summary>
    /// A client as it is needed here: redirects are looked at before they are followed.
    /// </summary>
    public static HttpClient Client() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                UseCookies = false,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <summary>Opens a file; nothing where the server does not have it.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="http">A client that was made here.</param>
    /// <param name="budget">What may be read.</param>
    /// <exception cref="WeightsFault">The server knows no ranges, or refuses.</exception>
    public static HttpBytes? Open(Uri address, HttpClient http, ReadingBudget budget)
    {
        try
        {
            return new(address, http, budget);
        }
        catch (HttpRequestException missing)
            when (missing.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public override int Read(long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(Length - offset, 0, into.Length);
        if (count == 0)
        {
            return 0;
        }

        if (count >= BlockBytes)
        {
            Range(offset, count).CopyTo(into);
            return count;
        }

        lock (_gate)
        {
            if (offset < _blockStart || offset >= _blockStart + _block.Length)
            {
                _block = Range(offset, (int)Math.Min(BlockBytes, Length - offset));
                _blockStart = offset;
            }

            var part = _block.AsSpan((int)(offset - _blockStart));
            part = part[..Math.Min(part.Length, count)];
            part.CopyTo(into);
            return part.Length;
        }
    }

    private byte[] Range(long offset, int count)
    {
        using var response = Send(offset, offset + count - 1, _same);
        var range = response.Content.Headers.ContentRange;
        if (range?.Length != Length || range.From != offset || range.To != offset + count - 1)
        {
            throw Fault($"bytes {offset} to {offset + count - 1} were asked for and others came");
        }

        return Body(response, count);
    }

    private HttpResponseMessage Send(long from, long to, RangeConditionHeaderValue? same)
    {
        try
        {
            return Follow(from, to, same);
        }
        catch (HttpRequestException broken) when (broken.StatusCode is null)
        {
            throw Fault($"the server cannot be reached: {broken.Message.TrimEnd('.')}");
        }
        catch (OperationCanceledException)
        {
            throw Fault("the server did not answer in time");
        }
    }

    private HttpResponseMessage Follow(long from, long to, RangeConditionHeaderValue? same)
    {
        var address = _origin;
        for (var i = 0; i <= Redirects; i++)
        {
            var response = Ask(address, from, to, same);
            if (
                (int)response.StatusCode is not (>= 300 and < 400)
                || response.Headers.Location is null
            )
            {
                return Checked(response, same);
            }

            var next = new Uri(address, response.Headers.Location);
            response.Dispose();
            if (!IsWeb(next) || (address.Scheme is "https" && next.Scheme is not "https"))
            {
                throw Fault($"the server sends on to {next.Scheme}:, which is not followed");
            }

            address = next;
        }

        throw Fault($"the server sends on more than {Redirects} times");
    }

    /// <summary>Whether an address is of the web.</summary>
    internal static bool IsWeb(Uri address) =>
        address.Scheme is "http" or "https" && address.UserInfo.Length == 0;

    private HttpResponseMessage Ask(
        Uri address,
        long from,
        long to,
        RangeConditionHeaderValue? same
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = new(from, to);
        request.Headers.IfRange = same;
        request.Headers.AcceptEncoding.Add(new("identity"));
        using var limit = new CancellationTokenSource(Limit);
        return _http.Send(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
    }

    private HttpResponseMessage Checked(
        HttpResponseMessage response,
        RangeConditionHeaderValue? same
    )
    {
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            return response.Content.Headers.ContentEncoding.Count == 0
                ? response
                : throw Fault(
                    "the server compresses the file on its way, which has no places then"
                );
        }

        var code = response.StatusCode;
        response.Dispose();
        throw code switch
        {
            HttpStatusCode.OK or HttpStatusCode.PreconditionFailed when same is not null => Fault(
                "the file was changed while it was read: begin again"
            ),
            HttpStatusCode.OK => Fault(
                "the server does not serve ranges of files: fetch it and scan the file"
            ),
            HttpStatusCode.RequestedRangeNotSatisfiable => Fault(
                "the file is empty or was cut off"
            ),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new HttpRequestException(
                "The server does not have it.",
                null,
                code
            ),
            _ => Fault($"the server answers {(int)code}"),
        };
    }

    private byte[] Body(HttpResponseMessage response, int count)
    {
        var bytes = new byte[count];
        try
        {
            // A read that waits has no other end: a server may send a byte an hour.
            using var limit = new CancellationTokenSource(Limit);
            using var ending = limit.Token.Register(response.Dispose);
            using var stream = response.Content.ReadAsStream(limit.Token);
            stream.ReadExactly(bytes);
        }
        catch (Exception broken)
            when (broken
                    is IOException
                        or ObjectDisposedException
                        or OperationCanceledException
                        or HttpRequestException
            )
        {
            throw Fault("the connection broke off, or nothing came for too long");
        }

        _budget.Read(Name, count);
        return bytes;
    }

    private WeightsFault Fault(string reason) => new(Name, "the address", reason);
}
