using Concord.Measures.Weights;

namespace Concord.Cli.Weights;

/// <summary>
/// How long a reading may take and how many bytes it may read and unpack: whatever is handed in, it
/// comes to an end.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="time">How long.</param>
/// <param name="bytes">How many bytes are read at most.</param>
/// <param name="unpacked">How many bytes are unpacked into temporary files at most.</param>
internal sealed class ReadingBudget(TimeProvider clock, TimeSpan time, long bytes, long unpacked)
{
    private readonly long _start = clock.GetTimestamp();
    private long _read;
    private long _unpacked;

    /// <summary>A day, 16 TiB, and 64 GiB of temporary files.</summary>
    public static ReadingBudget Ample(TimeProvider clock) =>
        new(clock, TimeSpan.FromDays(1), 1L << 44, 1L << 36);

    /// <summary>How many bytes were read so far.</summary>
    public long BytesRead => Interlocked.Read(ref _read);

    /// <summary>How long the next step may take.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = time - clock.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Counts bytes that were read.</summary>
    /// <exception cref="WeightsFault">The budget is spent.</exception>
    public void Read(string file, long count)
    {
        if (Interlocked.Add(ref _read, count) > bytes)
        {
            throw new WeightsFault(file, "the reading", $"more than {bytes} bytes would be read");
        }

        if (Left == TimeSpan.Zero)
        {
            throw new WeightsFault(file, "the reading", $"it took longer than {time}");
        }
    }

    /// <summary>Counts bytes that are unpacked.</summary>
    /// <exception cref="WeightsFault">The budget is spent.</exception>
    public void Unpack(string file, long count)
    {
        if (Interlocked.Add(ref _unpacked, count) > unpacked)
        {
            throw new WeightsFault(
                file,
                "the archive",
                $"unpacked it has more than {unpacked} bytes: unpack it and scan the folder"
            );
        }
    }
}
