using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Concord.Hosts.Api;

/// <summary>Serves a log's files under <c>/log/</c>, as whoever starts it says.</summary>
internal sealed class LogFront : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LogFront(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<LogFront> StartAsync(Func<string, byte[]?> read)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            if (
                path.StartsWith("/log/", StringComparison.Ordinal)
                && read(path["/log/".Length..]) is { } bytes
            )
            {
                await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            }
            else
            {
                context.Response.StatusCode = 404;
            }
        });
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
