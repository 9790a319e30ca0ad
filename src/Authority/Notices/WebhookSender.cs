using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Concord.Stores;

namespace Concord.Authority.Notices;

/// <summary>
/// Posts messages to webhooks, signed as Standard Webhooks 1.0 says: HMAC-SHA256 over id, time and
/// body. It follows no redirect, uses no proxy, and connects to public addresses alone.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private const string SecretPrefix = "whsec_";
    private const int AnswerBytesMax = 16 << 10;

    private readonly HttpClient _http;
    private readonly NoticeOptions _options;
    private readonly TimeProvider _time;

    public WebhookSender(NoticeOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
#pragma warning disable CA2000 // The client disposes of its handler.
        _http = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                MaxResponseHeadersLength = 16,
                ConnectTimeout = options.Patience,
                PooledConnectionLifetime = TimeSpan.FromMinutes(1),
                ConnectCallback = ConnectAsync,
            }
        )
        {
            Timeout = options.Patience,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
#pragma warning restore CA2000
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Concord");
    }

    /// <summary>The address of a webhook, as it is kept; null: it is none that is taken.</summary>
    public static string? Read(string text, bool allowsPrivate)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int LengthMax = 500;
        return
            text.Length <= LengthMax
            && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
            && (uri.Scheme is "https" || (allowsPrivate && uri.Scheme is "http"))
            && uri.UserInfo.Length == 0
            && uri.Fragment.Length == 0
            && (
                allowsPrivate
                || uri.HostNameType is UriHostNameType.Dns
                || (IPAddress.TryParse(uri.IdnHost, out var ip) && PublicAddress.Is(ip))
            )
            ? uri.AbsoluteUri
            : null;
    }

    /// <summary>A new key, as its holder is given it.</summary>
    public static string NewSecret() =>
        SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The header <c>webhook-signature</c> of a message.</summary>
    public static string Sign(string secret, string id, long seconds, string body)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.{body}");
        var digest = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed));
        return $"v1,{Convert.ToBase64String(digest)}";
    }

    /// <summary>Posts one.</summary>
    /// <returns>What went wrong, in words without an address; null: it was taken.</returns>
    public async Task<string?> SendAsync(KeptMessage message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Channel.Target)
        {
            Content = new StringContent(message.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "webhook-signature",
            Sign(message.Channel.Secret, message.Id, now, message.Body)
        );
        try
        {
            using var answer = await _http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancel
            );
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "it was too slow";
        }
        catch (HttpRequestException e)
        {
            return e.GetBaseException() is NotPublicException
                ? "its address is not public"
                : $"it was not reached ({e.HttpRequestError})";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // The address that was looked at is the one that is connected to: a name cannot change between.
    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancel
    )
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, cancel);
        if (!_options.AllowsPrivate && !addresses.All(PublicAddress.Is))
        {
            throw new NotPublicException();
        }

#pragma warning disable CA2000 // The stream that is given out owns it.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class NotPublicException : IOException;
}
