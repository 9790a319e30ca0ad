namespace Concord.Hosts.Witnesses;

/// <summary>
/// A machine's clock that follows a true time which a test drives, with the faults that the test
/// gives it. A machine's time zone is nobody's business: whoever asks for it fails.
/// </summary>
internal sealed class FaultyClock(TrueTime truth) : TimeProvider
{
    private TimeSpan _from;
    private TimeSpan _shown;

    /// <summary>How far it is set ahead.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>How fast it runs; so does the counter of its machine.</summary>
    public double Rate
    {
        get;
        set
        {
            (_shown, _from) = (Elapsed, truth.Passed);
            field = value;
        }
    } = 1;

    public override TimeZoneInfo LocalTimeZone =>
        throw new InvalidOperationException("the time zone of the machine was asked for");

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Elapsed => _shown + ((truth.Passed - _from) * Rate);

    public override DateTimeOffset GetUtcNow() => TrueTime.Start + Elapsed + Ahead;

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Sets it right.</summary>
    public void SetRight()
    {
        Rate = 1;
        Ahead = truth.Passed - Elapsed;
    }
}
