using System.Net;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Witnesses;

/// <summary>
/// Serves a witness over HTTP on 127.0.0.1 (C2SP tlog-witness): <c>POST /add-checkpoint</c>, what
/// was cosigned last at <c>/HASH/checkpoint</c>, and at <c>/</c> who it is and whom it witnesses.
/// </summary>
public static class WitnessHost
{
    private const int ConnectionsMax = 1_024;
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>The server, ready to start; it owns neither witness nor store.</summary>
    public static WebApplication Build(Witness witness, WitnessStore store, HostOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new() { ApplicationName = "Concord.Authority" }
        );
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2 * AddCheckpoint.MaxBytes;
            kestrel.Limits.RequestHeadersTimeout = options.HeadersTimeout;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        });
        options.Logging?.Invoke(builder.Logging);
        builder.Services.AddRoutingCore();

        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Concord.Witness");
        app.UseRouting();
        app.MapPost(
            "/add-checkpoint",
            (HttpContext context, CancellationToken _) =>
                AddAsync(context, witness, store, options, log)
        );
        app.MapGet(
            "/{hash}/checkpoint",
            (HttpContext context, string hash) =>
                store.Find(hash) is { } head
                    ? WriteAsync(context, 200, head.Note, Text)
                    : WriteAsync(context, 404, "", null)
        );
        app.MapGet("/", (HttpContext context) => WriteAsync(context, 200, Says(witness), Text));
        return app;
    }

    private static async Task AddAsync(
        HttpContext context,
        Witness witness,
        WitnessStore store,
        HostOptions options,
        ILogger log
    )
    {
        var body = await ReadAsync(context);
        var answer = Answer(body, witness, store, options.Time);
        if (answer.IsEvidence)
        {
            log.NotCosigned(answer.Status, answer.Reason ?? "");
        }

        await WriteAsync(
            context,
            answer.Status,
            answer.Body,
            answer.Status switch
            {
                200 => Text,
                409 => WitnessAnswer.SizeType,
                _ => null,
            }
        );
    }

    private static WitnessAnswer Answer(
        ReadOnlyMemory<byte> body,
        Witness witness,
        WitnessStore store,
        TimeProvider time
    ) =>
        witness.TryOpen(body.Span, out var request, out var refused)
            ? store.Decide(
                request.Checkpoint.Origin,
                last => witness.Judge(request, last, time.GetUtcNow().ToUnixTimeSeconds())
            )
            : refused;

    // One byte more than is read tells that the body is too large.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        var body = new byte[AddCheckpoint.MaxBytes + 1];
        var count = await context.Request.Body.ReadAtLeastAsync(
            body,
            body.Length,
            throwOnEndOfStream: false,
            context.RequestAborted
        );
        return body.AsMemory(0, count);
    }

    private static async Task WriteAsync(HttpContext context, int status, string body, string? type)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static string Says(Witness witness) =>
        $"witness {witness.Verifier.Name} {witness.Verifier}\n"
        + string.Concat(witness.Logs.Select(log => $"log {log}\n"));
}
