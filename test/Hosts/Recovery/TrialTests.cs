using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>
/// Data folders with random histories: set back, copied, written by two, torn, killed. Whatever
/// was done to them, a server refuses to sign, or signs what holds everything that it ever showed.
/// </summary>
public sealed class TrialTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Trials =>
        Number("CONCORD_TRIALS")
        ?? (Environment.GetEnvironmentVariable("CONCORD_SOAK") is "1" ? 1_000 : 8);

    [Fact]
    public async Task No_checkpoint_contradicts_another_whatever_is_done_to_the_data_folder()
    {
        var seeds = Number("CONCORD_TRIAL") is { } only
            ? [only]
            : Enumerable.Range(0, Trials).Select(_ => Random.Shared.Next()).ToArray();
        var done = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        using var founded = await FoundedFolder.CreateAsync();
        foreach (var seed in seeds)
        {
            try
            {
                await using var trial = await Trial.StartAsync(founded, seed, Cancel);
                await trial.RunAsync();
                foreach (var (what, times) in trial.Done)
                {
                    done[what] = done.GetValueOrDefault(what) + times;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException(
                    $"CONCORD_TRIAL={seed.ToString(CultureInfo.InvariantCulture)}: {e.Message}",
                    e
                );
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{seeds.Length} trials in {clock.Elapsed.TotalSeconds:N0} s\n"
                + string.Join('\n', done.Select(one => $"{one.Value, 6} {one.Key}"))
        );
    }

    private static int? Number(string name) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name),
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
