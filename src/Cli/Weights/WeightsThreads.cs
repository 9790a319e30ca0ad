using System.Collections.Concurrent;

namespace Concord.Cli.Weights;

/// <summary>All processors read weights together, in the order of the file.</summary>
internal static class WeightsThreads
{
    /// <summary>Does steps of work, each on the next free processor.</summary>
    public static void All(int steps, Action<int> step) =>
        Parallel.ForEach(
            Partitioner.Create(
                Enumerable.Range(0, steps),
                EnumerablePartitionerOptions.NoBuffering
            ),
            step
        );
}
