using Concord.Authority.Admission;

namespace Concord.Authority.Web;

/// <summary>
/// Makes the register's table when the server starts and lets it follow the log, so that no reader
/// waits for more than what was filed in the last moments.
/// </summary>
/// <param name="site">Whose table.</param>
/// <param name="intake">What is filed.</param>
internal sealed class RegisterFollower(PublicSite site, Intake intake) : BackgroundService
{
    // Under load one pass for many acts; else when nothing was filed between two looks.
    private const long BehindMax = 4_096;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var (followed, seen) = (site.Follow(), -1L);
        using var timer = new PeriodicTimer(s_look);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var size = intake.Current.Size;
            if (size != followed && (size == seen || size - followed > BehindMax))
            {
                followed = site.Follow();
            }

            seen = size;
        }
    }
}
