using System.Diagnostics;

namespace Concord.Bench.Ledger;

/// <summary>Time, processor time, allocation and collections between two points of a run.</summary>
internal sealed class Meter
{
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpu;
    private readonly TimeSpan _paused = GC.GetTotalPauseDuration();
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly int _collections = GC.CollectionCount(0);

    /// <summary>Begins to measure.</summary>
    public Meter() => _cpu = _process.TotalProcessorTime;

    /// <summary>Seconds on the wall since the beginning.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(_begun).TotalSeconds;

    /// <summary>Seconds of processor time since the beginning.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return (_process.TotalProcessorTime - _cpu).TotalSeconds;
        }
    }

    /// <summary>Bytes allocated since the beginning.</summary>
    public long Allocated => GC.GetTotalAllocatedBytes() - _allocated;

    /// <summary>Seconds for which the collector stopped every thread.</summary>
    public double PausedSeconds => (GC.GetTotalPauseDuration() - _paused).TotalSeconds;

    /// <summary>Collections since the beginning.</summary>
    public int Collections => GC.CollectionCount(0) - _collections;
}
