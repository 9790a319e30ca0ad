using Concord.Authority.Admission;

namespace Concord.Authority.Api;

/// <summary>
/// Bounds what one address may ask for in a while, before anything is read or computed for it.
/// </summary>
internal sealed class RequestLimits(HostOptions options)
{
    private const int AddressesMax = 20_000;
    private const long DrainedBytesMax = 64 << 10;
    private const long FaultEach = 256 << 10;
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(500);

    private readonly RateLimit _filings = new(
        options.Time,
        options.FilingsPerSecond,
        options.FilingsBurst,
        AddressesMax
    );

    private readonly RateLimit _faults = new(
        options.Time,
        options.FaultsPerSecond,
        options.FaultsBurst,
        AddressesMax
    );

    private readonly RateLimit _reads = new(
        options.Time,
        options.ReadsPerSecond,
        options.ReadsBurst,
        AddressesMax
    );

    private readonly RateLimit _searches = new(
        options.Time,
        options.SearchesPerSecond,
        options.SearchesBurst,
        AddressesMax
    );

    private readonly RateLimit _answers = new(
        options.Time,
        options.AnswersPerSecond,
        options.AnswersBurst,
        AddressesMax
    );

    private readonly RateLimit _identifications = new(
        options.Time,
        options.IdentificationsPerSecond,
        options.IdentificationsBurst,
        AddressesMax
    );

    public Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/log", StringComparison.Ordinal))
        {
            return next(context);
        }

        var address = Asker.Of(context);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            return FileAsync(context, address, next);
        }

        var limit = context.Request.Path.StartsWithSegments("/standing", StringComparison.Ordinal)
            ? _answers
            : _reads;
        return
            limit.TryTake(address, out var after)
            && (!IsSearch(context.Request) || _searches.TryTake(address, out after))
            ? next(context)
            : TooOften("this address asks too often", after).WriteAsync(context);
    }

    // By the names of the parameters of the register, of /find and of /models.
    private static bool IsSearch(HttpRequest request) =>
        request.QueryString.HasValue
        && request.Query.Keys.Any(name => name.ToUpperInvariant() is "SEARCH" or "Q" or "NAME");

    /// <summary>
    /// Lets the answer to somebody who asks too often come late: who asks again at once waits for
    /// it, and its connection with it.
    /// </summary>
    public static Task LateAsync(HttpContext context) =>
        Task.Delay(s_late, TimeProvider.System, context.RequestAborted);

    // What is no filing is cheap to send and dear to find out: it has a bound of its own.
    private async Task FileAsync(HttpContext context, string address, RequestDelegate next)
    {
        var isQuestion = context.Request.Path.Equals(IdentifyApi.Path, StringComparison.Ordinal);
        var limit = isQuestion ? _identifications : _filings;
        if (!limit.TryTake(address, out var after) || !_faults.Has(address, out after))
        {
            await LateAsync(context);
            var why = isQuestion
                ? "this address asks too often, or too much that is no question"
                : "this address files too often, or too much that is no filing";
            await TooOften(why, after).WriteAsync(context);
            await LeaveUnreadAsync(context);
            return;
        }

        await next(context);
        var faults = context.Response.StatusCode is 400 or 403 or 413 or 415
            ? 1 + (BytesOf(context.Request) / FaultEach)
            : context.Features.Get<WrongRows>()?.Found ?? 0;
        if (faults > 0)
        {
            _faults.Spend(address, faults);
        }
    }

    // The server would take in the rest of a large body only to throw it away.
    private static async Task LeaveUnreadAsync(HttpContext context)
    {
        if (BytesOf(context.Request) > DrainedBytesMax)
        {
            await context.Response.CompleteAsync();
            context.Abort();
        }
    }

    // Whoever does not say how much it sends may send the most.
    private static long BytesOf(HttpRequest request) =>
        request.ContentLength ?? FilingBody.BodyBytesMax;

    private static Problem TooOften(string why, TimeSpan after) =>
        new(Problems.TooManyRequests, why) { RetryAfter = after };
}
