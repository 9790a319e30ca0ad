namespace Concord.Hosts.Api;

/// <summary>The machine's clock, whose stopwatch goes on by as much as a test says.</summary>
internal sealed class AdvancedTime : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan by) =>
        Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);
}
