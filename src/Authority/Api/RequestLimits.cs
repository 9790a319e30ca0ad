using Concord.Authority.Admission;

namespace Concord.Authority.Api;

/// <summary>
/// Bounds what one address may ask for in a while, before anything is read or computed for it.
/// </summary>
internal sealed class RequestLimits(HostOptions options)
{
    private const int AddressesMax = 20_000;

    private readonly RateLimit _filings = new(
        options.Time,
        options.FilingsPerSecond,
        options.FilingsBurst,
        AddressesMax
    );

    private readonly RateLimit _reads = new(
        options.Time,
        options.ReadsPerSecond,
        options.ReadsBurst,
        AddressesMax
    );

    private readonly RateLimit _answers = new(
        options.Time,
        options.AnswersPerSecond,
        options.AnswersBurst,
        AddressesMax
    );

    public Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/log", StringComparison.Ordinal))
        {
            return next(context);
        }

        var address = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var limit =
            HttpMethods.IsPost(context.Request.Method) ? _filings
            : context.Request.Path.StartsWithSegments("/standing", StringComparison.Ordinal)
                ? _answers
            : _reads;
        return limit.TryTake(address, out var after)
            ? next(context)
            : new Problem(Problems.TooManyRequests, "this address asks too often")
            {
                RetryAfter = after,
            }.WriteAsync(context);
    }
}
