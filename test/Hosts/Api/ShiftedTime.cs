namespace Concord.Hosts.Api;

/// <summary>The machine's clock, ahead or behind by as much as a test says.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
