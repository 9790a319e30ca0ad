using System.Diagnostics;
using System.Globalization;
using Concord.Hosts.Api;
using Xunit;

namespace Concord.Hosts.Crash;

/// <summary>
/// A disk that refuses each thing that a commit does to it, as the kernel says it: whoever files is
/// told so, no receipt fails, nothing forks, and filing goes on when the disk does.
/// </summary>
public sealed class DiskErrorTests
{
    private const int FilingsMax = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Rounds =>
        int.TryParse(
            Environment.GetEnvironmentVariable("CONCORD_DISK_ERRORS"),
            CultureInfo.InvariantCulture,
            out var asked
        )
            ? asked
        : Environment.GetEnvironmentVariable("CONCORD_SOAK") is "1" ? 48
        : 1;

    [Fact]
    public async Task What_the_disk_refuses_is_refused_and_filing_goes_on_when_the_disk_does()
    {
        var path = SandboxServer.NewFolder();
        var load = await Load.FoundAsync(path);
        var trials = 0;
        var (process, url) = await ServerProcess.UpAsync(path, Cancel);
        for (; trials < Rounds * Refusal.Effects; trials++)
        {
            var refusal = Refusal.Of(path, trials);
            var said = await FailAsync(process, url, load, refusal);

            // Every second time the server is killed: what it said must hold after that too.
            if (trials % 2 == 1 || IsStopped(said))
            {
                await ServerProcess.KillAsync(process);
                process.Dispose();
                (process, url) = await ServerProcess.UpAsync(path, Cancel);
            }

            var (refused, wasThere) = await load.FileOneAsync(url, Cancel);
            Assert.True(refused is null, $"after {refusal}: {refused}");
            Assert.False(
                wasThere && said is not null && !IsStopped(said),
                $"after {refusal}: it was logged, and this was said: {said}"
            );
        }

        await ServerProcess.KillAsync(process);
        process.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine($"{trials} trials");
        await load.VerifyAsync(path, Cancel);
        Directory.Delete(path, recursive: true);
    }

    private static bool IsStopped(string? said) =>
        said?.Contains("/problems/log-stopped", StringComparison.Ordinal) is true;

    // Files until the disk has refused something, and gives what whoever filed last was told.
    private static async Task<string?> FailAsync(
        Process process,
        Uri url,
        Load load,
        Refusal refusal
    )
    {
        using var disk = await RefusingDisk.AttachAsync(process, refusal);
        string? said = null;
        for (var i = 0; !disk.HasRefused; i++)
        {
            Assert.True(i < FilingsMax, $"{refusal}: nothing was refused in {i} filings.");
            (said, _) = await load.FileOneAsync(url, Cancel, refusal.Attached);
            Assert.True(
                said is null
                    || said.Contains("/problems/store-failed", StringComparison.Ordinal)
                    || said.Contains("/problems/storage-full", StringComparison.Ordinal)
                    || IsStopped(said),
                $"{refusal}: {said}"
            );
        }

        return said;
    }
}
