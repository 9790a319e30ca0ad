using Concord.Authority.Web;

namespace Concord.Authority.Notices;

/// <summary>Makes and sends notices while the authority is served.</summary>
/// <param name="authority">Whose notices.</param>
/// <param name="site">What is due.</param>
/// <param name="logging">Where it is said that a pass failed.</param>
internal sealed class NoticeService(
    RunningAuthority authority,
    PublicSite site,
    ILogger<NoticeService> logging
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var post = new NoticePost(authority);
        var follower = new NoticeFollower(authority, site.Due);
        using var timer = new PeriodicTimer(authority.Notices.Options.Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                follower.Follow();
                await post.RunAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever one pass meets, the next looks again.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                // The words of an exception may hold an address.
                logging.NoticesFailed(e.GetType().Name);
            }
        }
    }
}
