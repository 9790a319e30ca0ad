namespace Concord.Hosts.Witnesses;

/// <summary>The true time of a test: it passes when the test says so.</summary>
internal sealed class TrueTime
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private long _passed;

    public TimeSpan Passed
    {
        get => new(Volatile.Read(ref _passed));
        set => Volatile.Write(ref _passed, value.Ticks);
    }
}
