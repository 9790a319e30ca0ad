using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Concord.Authority.Notices;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Concord.Hosts.Notices;

/// <summary>A mail server of its own on a free port of this machine, which keeps what it takes.
/// </summary>
internal sealed class MailSink : MessageStore, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _taken = new();
    private Task _serving = Task.CompletedTask;

    private MailSink(int port) => Port = port;

    public int Port { get; }

    /// <summary>Whether it takes mail now; else it says that it cannot (451).</summary>
    public bool IsOpen { get; set; } = true;

    public MailServer Server =>
        new(new($"smtp://127.0.0.1:{Port}"), "register@authority.example", null);

    public IReadOnlyList<MimeMessage> Taken => [.. _taken];

    public static MailSink Start()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var sink = new MailSink(port);
        var services = new ServiceProvider();
        services.Add(sink);
        var options = new SmtpServerOptionsBuilder()
            .ServerName("mail.example")
            .Endpoint(one => one.Endpoint(new IPEndPoint(IPAddress.Loopback, port)))
            .Build();
        sink._serving = new SmtpServer.SmtpServer(options, services).StartAsync(sink._stop.Token);
        return sink;
    }

    public override Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        if (!IsOpen)
        {
            return Task.FromResult(new SmtpResponse(SmtpReplyCode.Aborted, "later"));
        }

        using var stream = new MemoryStream(buffer.ToArray());
        _taken.Enqueue(MimeMessage.Load(stream, cancellationToken));
        return Task.FromResult(SmtpResponse.Ok);
    }

    /// <summary>Waits until so many were taken.</summary>
    public async Task<IReadOnlyList<MimeMessage>> AwaitAsync(int count) =>
        await Awaited.Async(() => Taken, taken => taken.Count >= count);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _serving;
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }

        _stop.Dispose();
    }
}
