using System.Threading.Channels;
using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Rooms;

namespace Concord.Authority;

/// <summary>
/// Folds a log from nothing: entries are read in order, parsed in parallel and folded by one
/// thread.
/// It never admits again: what is in the log is in the log.
/// </summary>
public static class Replay
{
    private const int ChunkEntries = 2_048;

    /// <summary>The world of the first entries of a log.</summary>
    /// <param name="contents">The log.</param>
    /// <param name="size">How many entries.</param>
    /// <param name="seen">Told of every act after it was folded.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidDataException">
    /// An entry is missing, is no statement, or does not follow from those before it.
    /// </exception>
    public static Task<World> FoldAsync(
        LogContents contents,
        long size,
        Action<Logged>? seen,
        IProgress<FurnishingStep>? progress,
        CancellationToken cancel
    ) => FoldAsync(contents, World.Empty, size, seen, progress, cancel);

    /// <summary>The world of the first entries of a log, from an earlier one on.</summary>
    /// <param name="contents">The log.</param>
    /// <param name="from">The world of fewer entries of it; stays as it is.</param>
    /// <param name="size">How many entries.</param>
    /// <param name="seen">Told of every act after it was folded.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidDataException">
    /// An entry is missing, is no statement, or does not follow from those before it.
    /// </exception>
    public static async Task<World> FoldAsync(
        LogContents contents,
        World from,
        long size,
        Action<Logged>? seen,
        IProgress<FurnishingStep>? progress,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(from);
        var chunks = Channel.CreateBounded<Task<Logged[]>>(
            new BoundedChannelOptions(2 * (Environment.ProcessorCount + 1))
            {
                SingleReader = true,
                SingleWriter = true,
            }
        );
        var reading = Task.Run(
            () => ReadAsync(contents, from.Size, size, chunks.Writer, cancel),
            cancel
        );

        // A thread of its own: it waits for chunks, and those who parse them need the pool's.
        var world = await Task.Factory.StartNew(
            () => Fold(from, chunks.Reader, size, seen, progress),
            cancel,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await reading;
        return world;
    }

    private static World Fold(
        World from,
        ChannelReader<Task<Logged[]>> chunks,
        long size,
        Action<Logged>? seen,
        IProgress<FurnishingStep>? progress
    )
    {
        Logged? at = null;
        try
        {
            // Nobody sees the world on the way, so its maps are changed in place.
            return from.FoldAll(InOrder());
        }
        catch (Exception e)
            when (at is not null
                && (e is KeyNotFoundException or InvariantException or ArgumentException)
            )
        {
            throw new InvalidDataException(
                $"Act {new ActId(at.Index)}, {at.Type.Name}, does not follow from the acts "
                    + $"before it, so no law can have admitted it: {e.Message}",
                e
            );
        }

        // An act is told of when the next one is asked for: it is folded by then.
        IEnumerable<Logged> InOrder()
        {
            var folded = from.Size;
            foreach (var chunk in chunks.ReadAllAsync().ToBlockingEnumerable())
            {
                foreach (var logged in chunk.GetAwaiter().GetResult())
                {
                    at = logged;
                    yield return logged;
                    seen?.Invoke(logged);
                    folded++;
                }

                progress?.Report(new("Acts folded", folded, size));
            }
        }
    }

    private static async Task ReadAsync(
        LogContents contents,
        long from,
        long size,
        ChannelWriter<Task<Logged[]>> chunks,
        CancellationToken cancel
    )
    {
        try
        {
            var index = from;
            foreach (var entries in contents.Entries(from, size).Chunk(ChunkEntries))
            {
                var first = index;
                index += entries.Length;
                await chunks.WriteAsync(
                    Task.Run(() => Parse(contents, first, entries), cancel),
                    cancel
                );
            }

            chunks.Complete();
        }
#pragma warning disable CA1031 // Whoever reads the chunks gets the failure.
        catch (Exception e)
#pragma warning restore CA1031
        {
            chunks.Complete(e);
        }
    }

    private static Logged[] Parse(LogContents contents, long first, ReadOnlyMemory<byte>[] entries)
    {
        var acts = new Logged[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            acts[i] = contents.Read(first + i, entries[i]);
        }

        return acts;
    }
}
