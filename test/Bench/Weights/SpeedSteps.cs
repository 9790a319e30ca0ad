using System.Globalization;
using Concord.Measures.Weights;

namespace Concord.Bench.Weights;

/// <summary>
/// Processor time of each kind of step, done one after another: what a machine has to do, however
/// busy it is with other work.
/// </summary>
internal static class SpeedSteps
{
    private const int Runs = 3;

    /// <summary>Prints the least of some runs.</summary>
    public static void Report(string file)
    {
        var best = Enumerable.Range(0, Runs).Select(_ => Seconds(file)).MinBy(run => run.Sum())!;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(file)}, seconds of processor: sketch {best[0]:0.00}, "
                    + $"digest of the file {best[1]:0.00}, digests of tensors {best[2]:0.00}, "
                    + $"in all {best.Sum():0.00}."
            )
        );
    }

    // The steps are in this order: the sketch, each file (here one), pieces of tensors.
    private static double[] Seconds(string file)
    {
        var kinds = new double[3];
        SpeedBench.Fingerprint(
            file,
            (steps, step) =>
            {
                for (var at = 0; at < steps; at++)
                {
                    var before = Environment.CpuUsage.TotalTime;
                    step(at);
                    var kind = Math.Min(at, kinds.Length - 1);
                    kinds[kind] += (Environment.CpuUsage.TotalTime - before).TotalSeconds;
                }
            }
        );
        return kinds;
    }
}
