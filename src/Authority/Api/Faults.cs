using Concord.Authority.Web;

namespace Concord.Authority.Api;

/// <summary>
/// Turns whatever goes wrong into a problem document, or its page for who asked for HTML. What is
/// not recognised becomes <c>/problems/internal</c> and nothing more.
/// </summary>
internal sealed class Faults(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Concord.Http");

    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        Problem? problem;
        try
        {
            await next(context);
            problem = Found(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException e)
        {
            problem =
                e.StatusCode == 413
                    ? new(
                        Problems.BodyTooLarge,
                        "the request has more bytes than any filing may have"
                    )
                    : new(Problems.BadRequest, e.Message);
        }
#pragma warning disable CA1031 // The edge: nothing of a fault of ours goes out but that there was one.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.RequestFailed(e, context.TraceIdentifier);
            problem = new(Problems.Internal, "the request failed here")
            {
                Logged = HttpMethods.IsPost(context.Request.Method) ? null : false,
            };
        }

        if (problem is not null)
        {
            await AnswerAsync(context, problem, next);
        }
    }

    private static Problem? Found(HttpContext context)
    {
        if (context.Response.HasStarted || context.Response.StatusCode < 400)
        {
            return null;
        }

        return context.Features.Get<Problem>()
            ?? (
                context.Response.ContentType is not null ? null
                : Of(context.Response.StatusCode) is not { } type ? null
                : new Problem(type, DetailOf(context))
            );
    }

    private static string DetailOf(HttpContext context) =>
        context.Response.StatusCode switch
        {
            400 => $"of the parameters {context.Request.QueryString} one is not of its type",
            415 => $"the content type is {context.Request.ContentType ?? "absent"}",
            _ => $"{context.Request.Method} {context.Request.Path}",
        };

    private static ProblemType? Of(int status) =>
        status switch
        {
            400 => Problems.BadQuery,
            404 => Problems.NotFound,
            405 => Problems.MethodNotAllowed,
            406 => Problems.NotAcceptable,
            413 => Problems.BodyTooLarge,
            415 => Problems.UnsupportedMediaType,
            429 => Problems.TooManyRequests,
            >= 500 => Problems.Internal,
            _ => null,
        };

    private static async Task AnswerAsync(
        HttpContext context,
        Problem problem,
        RequestDelegate next
    )
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var allow = context.Response.Headers.Allow;
        var wantsPage =
            HttpMethods.IsGet(context.Request.Method)
            && HtmlOrJson.WantsHtml(context.Request)
            && !ScrapiProblem.IsAskedBy(context.Request);
        if (!wantsPage)
        {
            await problem.WriteAsync(context);
            return;
        }

        context.Response.Clear();
        SecurityHeaders.Apply(context.Response.Headers);
        context.Features.Set(problem);
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.Request.Path = problem.Type.Path;
        context.Request.QueryString = QueryString.Empty;
        context.Response.OnStarting(() =>
        {
            context.Response.StatusCode = problem.Type.Status;
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.Remove("ETag");
            context.Response.Headers.Allow = allow;
            return Task.CompletedTask;
        });
        await next(context);
        // A page that waits in a compressor has not started the answer, and is written too.
        if (!context.Response.HasStarted && context.Response.ContentType is null)
        {
            await problem.WriteAsync(context);
        }
    }
}
