namespace Concord.Cli.Weights;

/// <summary>All processors read weights together, in the order of the file.</summary>
internal static class WeightsThreads
{
    /// <summary>
    /// Does steps of work, each on the next free processor. The threads are its own: a step may
    /// be long, and those of the pool come when they come.
    /// </summary>
    /// <exception cref="AggregateException">Steps failed; none was begun after.</exception>
    public static void All(int steps, Action<int> step)
    {
        var failed = new List<Exception>();
        var next = -1;
        void Work()
        {
            for (int at; (at = Interlocked.Increment(ref next)) < steps; )
            {
                try
                {
                    step(at);
                }
#pragma warning disable CA1031 // Told to whoever waits for all.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    Interlocked.Exchange(ref next, steps);
                    lock (failed)
                    {
                        failed.Add(e);
                    }
                }
            }
        }

        var others = Enumerable
            .Range(1, Math.Max(0, Math.Min(steps, Environment.ProcessorCount) - 1))
            .Select(_ => new Thread(Work) { IsBackground = true })
            .ToArray();
        Array.ForEach(others, thread => thread.Start());
        Work();
        Array.ForEach(others, thread => thread.Join());
        if (failed.Count > 0)
        {
            throw new AggregateException(failed);
        }
    }
}
