using Concord.Authority.Admission;

namespace Concord.Authority.Identify;

/// <summary>Lets the index of weights follow the log while the authority is served.</summary>
/// <param name="authority">Whose index.</param>
/// <param name="time">How long following took.</param>
internal sealed class IndexFollower(RunningAuthority authority, TimeProvider time)
    : BackgroundService
{
    // Under load no more than a twentieth of the time, so that filing has processors and disk.
    private const int ShareUnderLoad = 20;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_fault = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(10);

    // On a thread of its own: it reads and writes files, and those of the pool answer filings.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(
            () => Run(stoppingToken),
            stoppingToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private void Run(CancellationToken stopping)
    {
        TimeSpan rest;
        do
        {
            var (snapshot, began) = (authority.Intake.Current, time.GetTimestamp());
            var isMore = authority.Weights.Follow(snapshot, stopping);
            rest =
                isMore ? RestAfter(time.GetElapsedTime(began), snapshot)
                : authority.Weights.Open is null ? s_fault
                : s_look;
        } while (!stopping.WaitHandle.WaitOne(rest));
    }

    private TimeSpan RestAfter(TimeSpan took, Snapshot snapshot)
    {
        var rest = ShareUnderLoad * took;
        return authority.Intake.Current.Size == snapshot.Size ? TimeSpan.Zero
            : rest < s_rest ? rest
            : s_rest;
    }
}
