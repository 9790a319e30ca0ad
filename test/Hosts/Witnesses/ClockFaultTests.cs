using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Hosts.Witnesses;

/// <summary>
/// Clocks that are wrong: no deadline passes by them, everybody is told, and the log stays one.
/// </summary>
public sealed class ClockFaultTests
{
    private static readonly TimeSpan s_certified = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData(3_650 * 24)]
    [InlineData(-24)]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_set_wrong_is_found_out_and_passes_no_deadline(int hours)
    {
        await using var watched = await WatchedAuthority.StartAsync(s_certified);
        await watched.AppointAsync();
        await watched.PassAsync(TimeSpan.FromMinutes(1));
        var before = watched.Tick;
        Assert.Equal(("ok", null), await watched.HealthAsync());

        watched.Clock.Ahead = TimeSpan.FromHours(hours);
        Assert.Equal("waiting", (await watched.HealthAsync()).Status);
        await watched.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(before, watched.Tick);
        Assert.Equal(StandingState.Certified, watched.Standing);
        Assert.True(await watched.WarnsAsync());
        Assert.Contains(
            hours > 0 ? "later than its witnesses" : "earlier than its witnesses",
            (await watched.HealthAsync()).Why,
            StringComparison.Ordinal
        );

        watched.Clock.SetRight();
        await watched.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(("ok", null), await watched.HealthAsync());
        Assert.False(await watched.WarnsAsync());
        Assert.Equal(TimeSpan.FromMinutes(3), watched.Tick - before);
        await watched.OneLogAsync();
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(0.5)]
    public async Task A_clock_that_runs_wrong_is_found_out_within_a_minute_and_a_half(double rate)
    {
        await using var watched = await WatchedAuthority.StartAsync(s_certified);
        await watched.AppointAsync();
        await watched.FileAsync();
        var before = watched.Tick;
        watched.Clock.Rate = rate;
        await watched.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("waiting", (await watched.HealthAsync()).Status);
        Assert.Equal(StandingState.Certified, watched.Standing);
        Assert.InRange(watched.Tick - before, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(3));

        watched.Clock.SetRight();
        await watched.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(11), watched.Tick - before);
        Assert.Equal(("ok", null), await watched.HealthAsync());
        await watched.OneLogAsync();
    }

    [Fact]
    public async Task One_witness_of_three_that_lies_moves_nothing()
    {
        await using var watched = await WatchedAuthority.StartAsync(s_certified);
        watched.WitnessClocks[0].Ahead = TimeSpan.FromDays(365);
        await watched.AppointAsync();
        await watched.PassAsync(s_certified - TimeSpan.FromSeconds(20));

        Assert.Equal(("ok", null), await watched.HealthAsync());
        Assert.Equal(StandingState.Certified, watched.Standing);
        await watched.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(StandingState.Registered, watched.Standing);
        await watched.OneLogAsync();
    }

    [Fact]
    public async Task Two_of_three_that_lie_hold_deadlines_up_in_public_and_pass_none()
    {
        await using var watched = await WatchedAuthority.StartAsync(s_certified);
        watched.WitnessClocks[0].Ahead = TimeSpan.FromDays(365);
        watched.WitnessClocks[2].Ahead = TimeSpan.FromDays(365);
        var before = watched.Tick;
        await watched.AppointAsync();
        await watched.PassAsync(TimeSpan.FromMinutes(2));
        watched.Truth.Passed += TimeSpan.FromHours(3);
        await watched.AskAsync();
        await watched.FileAsync();

        Assert.Equal(before, watched.Tick);
        Assert.Equal(StandingState.Certified, watched.Standing);
        Assert.Equal("waiting", (await watched.HealthAsync()).Status);
        Assert.Contains(
            "365 days earlier",
            (await watched.HealthAsync()).Why,
            StringComparison.Ordinal
        );

        watched.WitnessClocks[0].SetRight();
        watched.WitnessClocks[2].SetRight();
        watched.Truth.Passed += TimeSpan.FromMinutes(1);
        await watched.AskAsync();
        Assert.Equal("reading", (await watched.HealthAsync()).Status);
        await watched.DecideAsync(ClockResume.Draft(watched.Server.Authority, "They lied.")!);
        Assert.Equal(("ok", null), await watched.HealthAsync());
        Assert.Equal(StandingState.Registered, watched.Standing);
        await watched.OneLogAsync();
    }

    [Fact]
    public async Task Without_witnesses_acts_go_on_and_deadlines_wait_until_some_are_back()
    {
        await using var watched = await WatchedAuthority.StartAsync(s_certified);
        watched.AppointNobody();
        await watched.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(watched.Server.Authority.Now, watched.Tick);
        watched.Truth.Passed += TimeSpan.FromHours(1);
        await watched.FileAsync();

        var end = watched.Server.Authority.Intake.Current.World.NextDeadline;
        Assert.Equal(TimeSpan.FromMilliseconds(1), end - watched.Tick);
        Assert.Equal(StandingState.Certified, watched.Standing);
        Assert.Equal("waiting", (await watched.HealthAsync()).Status);
        Assert.True(await watched.WarnsAsync());

        await watched.AppointAsync();
        await watched.FileAsync();
        Assert.Equal(watched.Server.Authority.Now, watched.Tick);
        Assert.Equal(StandingState.Registered, watched.Standing);
        await watched.OneLogAsync();
    }

    // Its witnesses are asked a second after it serves: that second must not be enough.
    [Fact]
    public async Task A_server_that_starts_with_a_wrong_clock_waits_for_its_witnesses()
    {
        await using var watched = await WatchedAuthority.StartAsync(s_certified);
        await watched.AppointAsync();
        await watched.FileAsync();
        watched.Clock.Ahead = TimeSpan.FromMinutes(90);

        await watched.RestartAsync();
        await watched.FileAsync();
        Assert.Equal(StandingState.Certified, watched.Standing);
        Assert.Equal("waiting", (await watched.HealthAsync()).Status);
        await watched.AppointAsync();
        await watched.FileAsync();
        Assert.Equal(StandingState.Certified, watched.Standing);

        await watched.RestartAsync(asksWitnesses: false);
        await watched.FileAsync();
        Assert.Equal(StandingState.Registered, watched.Standing);
    }

    [Fact]
    public async Task What_witnesses_told_counts_for_an_hour()
    {
        await using var watched = await WatchedAuthority.StartAsync(TimeSpan.FromMinutes(90));
        await watched.AppointAsync();
        await watched.FileAsync();
        watched.Truth.Passed += TimeSpan.FromMinutes(59);
        Assert.Equal(("ok", null), await watched.HealthAsync());
        await watched.FileAsync();
        watched.Truth.Passed += TimeSpan.FromMinutes(41);
        Assert.Equal("waiting", (await watched.HealthAsync()).Status);
        await watched.FileAsync();

        Assert.Equal(StandingState.Certified, watched.Standing);
        await watched.AskAsync();
        await watched.FileAsync();
        Assert.Equal(StandingState.Registered, watched.Standing);
    }
}
