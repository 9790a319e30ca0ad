using Concord.Authority.Admission;
using Concord.Authority.Identify;
using Concord.Measures.Weights;

namespace Concord.Authority.Api;

/// <summary>
/// Answers questions by a fingerprint: so many at a time, so much work for one address in a while,
/// each on a thread of its own, since those of the pool answer filings.
/// </summary>
internal sealed class IdentifyDesk(RunningAuthority authority, HostOptions options)
{
    private const int PlacesMost = 2;
    private const int AddressesMost = 20_000;

    private readonly Places _places = new(PlacesMost, each: 1);

    private readonly FingerprintSearch _search = new(
        authority.Weights,
        () => authority.Intake.Current.World,
        options.Identify
    );

    private readonly RateLimit _work = new(
        options.Time,
        options.Identify.WorkPerSecond,
        options.Identify.WorkBurst,
        AddressesMost
    );

    /// <summary>Searches; null: who asks was told why not.</summary>
    public async Task<IdentifyFound?> FindAsync(HttpContext context, Fingerprint asked, long after)
    {
        var address = Asker.Of(context);
        if (!_work.Has(address, out var retryAfter))
        {
            await RequestLimits.LateAsync(context);
            var spent = new Problem(
                Problems.TooManyRequests,
                "this address has had as much of the register compared as one may in a while"
            )
            {
                RetryAfter = retryAfter,
            };
            await spent.WriteAsync(context);
            return null;
        }

        IdentifyFound? found = null;
        await _places.RunAsync(
            context,
            "other fingerprints are being compared",
            async () => found = await SearchAsync(address, asked, after, context.RequestAborted)
        );
        return found;
    }

    // What nobody waits for any more has cost what it has cost.
    private async Task<IdentifyFound> SearchAsync(
        string address,
        Fingerprint asked,
        long after,
        CancellationToken cancel
    )
    {
        var work = new IdentifyWork();
        try
        {
            return await Task.Factory.StartNew(
                () => _search.Find(asked, after, work, cancel),
                cancel,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }
        finally
        {
            _work.Spend(address, work.Units);
        }
    }
}
