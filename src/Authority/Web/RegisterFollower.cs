using Concord.Authority.Admission;

namespace Concord.Authority.Web;

/// <summary>
/// Makes the register's table when the server starts and lets it follow the log, so that no reader
/// waits for more than what was filed in the last moments.
/// </summary>
/// <param name="site">Whose table.</param>
/// <param name="intake">What is filed.</param>
/// <param name="time">How long following took.</param>
internal sealed class RegisterFollower(PublicSite site, Intake intake, TimeProvider time)
    : BackgroundService
{
    // When nothing was filed between two looks. Under load a burst is let by first, then one pass
    // for many acts and no more than a twentieth of the time, so that filing has the processors.
    private const long BehindMax = 4_096;
    private const int ShareUnderLoad = 20;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_burst = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var (followed, seen) = (await FollowAsync(), -1L);
        var (rested, rest, busy) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        using var timer = new PeriodicTimer(s_look);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            rested += s_look;
            var size = intake.Current.Size;
            busy = size == seen ? TimeSpan.Zero : busy + s_look;
            var isDue = size - followed > BehindMax && rested >= rest && busy > s_burst;
            if (size != followed && (size == seen || isDue))
            {
                var began = time.GetTimestamp();
                followed = await FollowAsync();
                (rested, rest) = (TimeSpan.Zero, ShareUnderLoad * time.GetElapsedTime(began));
            }

            seen = size;
        }
    }

    // On a thread of its own: while a pass held those of the pool, no filing was answered.
    private Task<long> FollowAsync() =>
        Task.Factory.StartNew(
            site.Follow,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
