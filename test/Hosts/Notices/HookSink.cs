using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Concord.Hosts.Notices;

/// <summary>A webhook of a party: a real server, which keeps what is posted to it.</summary>
internal sealed class HookSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Posted> _posted = new();

    private HookSink(WebApplication app) => _app = app;

    /// <summary>What was posted.</summary>
    /// <param name="Id">The header webhook-id.</param>
    /// <param name="Time">The header webhook-timestamp.</param>
    /// <param name="Signature">The header webhook-signature.</param>
    /// <param name="Body">The body.</param>
    /// <param name="Status">What it was answered.</param>
    public sealed record Posted(string Id, string Time, string Signature, string Body, int Status)
    {
        public JsonElement Data
        {
            get
            {
                using var json = JsonDocument.Parse(Body);
                return json.RootElement.GetProperty("data").Clone();
            }
        }

        /// <summary>Whether it is signed as Standard Webhooks says, by the given secret.</summary>
        public bool IsSignedBy(string secret)
        {
            var key = Convert.FromBase64String(secret["whsec_".Length..]);
            var signed = Encoding.UTF8.GetBytes($"{Id}.{Time}.{Body}");
            var right = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
            var age =
                TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()
                - long.Parse(Time, CultureInfo.InvariantCulture);
            return string.Equals(right, Signature, StringComparison.Ordinal) && age < 300;
        }
    }

    /// <summary>What it answers with.</summary>
    public int Status { get; set; } = StatusCodes.Status204NoContent;

    /// <summary>How long it takes to answer.</summary>
    public TimeSpan Slowness { get; set; }

    public string Url { get; private set; } = "";

    public IReadOnlyList<Posted> All => [.. _posted];

    /// <summary>The notices of messages that were taken, by their numbers.</summary>
    public IReadOnlyList<(long Number, string Kind, string Says)> Notices =>
        [
            .. All.Where(one => one.Status < 300)
                .Where(one => one.Data.TryGetProperty("notices", out _))
                .SelectMany(one => one.Data.GetProperty("notices").EnumerateArray().ToList())
                .Select(one =>
                    (
                        one.GetProperty("number").GetInt64(),
                        one.GetProperty("kind").GetString()!,
                        one.GetProperty("says").GetString()!
                    )
                ),
        ];

    public static async Task<HookSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var sink = new HookSink(app);
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/hook", sink.TakeAsync);
        await app.StartAsync();
        var addresses = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>();
        sink.Url = $"{addresses!.Addresses.First()}/hook";
        return sink;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        string Header(string name) => context.Request.Headers[name].ToString();
        var status = Status;
        _posted.Enqueue(
            new(
                Header("webhook-id"),
                Header("webhook-timestamp"),
                Header("webhook-signature"),
                body,
                status
            )
        );
        await Task.Delay(Slowness);
        context.Response.StatusCode = status;
    }
}
