using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Concord.Hosts.Api;

/// <summary>
/// Stands before a server and passes everything on, but keeps back the answers to one address after
/// the first few: whoever asks there is certainly still waiting.
/// </summary>
internal sealed class HeldFront : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _server;
    private readonly string _path;
    private readonly TaskCompletionSource _held = new();
    private int _left;

    private HeldFront(Uri server, string path, int answers)
    {
        (_path, _left) = (path, answers);
        _server = new() { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(PassAsync);
    }

    public Uri Url => new(_app.Urls.First());

    /// <summary>Ends when the server has answered, and the answer was kept back.</summary>
    public Task Held => _held.Task;

    /// <summary>Starts it.</summary>
    /// <param name="server">The server behind it.</param>
    /// <param name="path">The address whose answers are kept back.</param>
    /// <param name="answers">How many of them are passed on first.</param>
    public static async Task<HeldFront> StartAsync(Uri server, string path, int answers)
    {
        var front = new HeldFront(server, path, answers);
        await front._app.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(
            new(context.Request.Method),
            context.Request.Path + context.Request.QueryString.ToString()
        );
        if (context.Request.Method is "POST")
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation(
                "Content-Type",
                context.Request.ContentType
            );
        }

        request.Headers.TryAddWithoutValidation(
            "Accept",
            context.Request.Headers.Accept.ToString()
        );
        // What was begun at the server is ended there, whoever still waits for it.
        using var answer = await _server.SendAsync(request, CancellationToken.None);
        var body = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
        if (context.Request.Path == _path && Interlocked.Decrement(ref _left) < 0)
        {
            _held.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
