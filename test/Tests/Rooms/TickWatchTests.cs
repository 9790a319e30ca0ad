using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>The law of time, held from outside by who reads the entries alone.</summary>
public sealed class TickWatchTests : IDisposable
{
    private static readonly Instant s_start = new(1_780_000_000_000);

    private readonly StatementSigner _key = StatementSigner.Create();
    private readonly StatementSigner _officer = StatementSigner.Create();
    private readonly TickWatch _watch = new();
    private long _index;

    [Fact]
    public void Ticks_within_two_hours_of_each_other_are_right_and_others_are_named()
    {
        Assert.Null(Tick(TimeSpan.Zero));
        Assert.Null(Tick(TimeSpan.FromHours(2)));
        Assert.Contains("not later", Tick(TimeSpan.FromHours(2)), StringComparison.Ordinal);
        Assert.Contains("not later", Tick(TimeSpan.FromHours(1)), StringComparison.Ordinal);
        Assert.Contains("two hours", Tick(new TimeSpan(0, 3, 0, 0, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_longer_step_is_right_after_k_signers_have_resumed_the_clock()
    {
        Tick(TimeSpan.Zero);
        var resume = new ResumeClock
        {
            Joint = Given.Open().Joint(JointKind.Institutions),
            From = s_start,
            To = s_start + TimeSpan.FromDays(3),
            Reason = "Power was out.",
        };

        Read(resume, _officer);
        Read(resume, _officer);
        Assert.NotNull(new TickWatch(s_start).Read(0, Entry(At(TimeSpan.FromDays(3)), _key)));
        Assert.Null(_watch.ResumeTo);
        Read(resume, _key);
        Assert.Equal(resume.To, _watch.ResumeTo);
        Assert.Null(Tick(TimeSpan.FromDays(3)));
    }

    [Fact]
    public void A_tick_lies_within_a_minute_of_the_witnesses_around_it()
    {
        Tick(TimeSpan.Zero);
        Assert.Empty(_watch.Witness(1, s_start - TimeSpan.FromSeconds(60)));
        Tick(TimeSpan.FromMinutes(10));

        var fault = Assert.Single(_watch.Witness(2, s_start + TimeSpan.FromMinutes(8)));
        Assert.Contains("entry 1", fault, StringComparison.Ordinal);
        Assert.Empty(_watch.Witness(3, s_start + TimeSpan.FromMinutes(60)));
        _index = 3;
        Assert.Contains("without it", Tick(TimeSpan.FromMinutes(58)), StringComparison.Ordinal);
        Assert.Null(Tick(TimeSpan.FromMinutes(59)));
    }

    [Fact]
    public void Entries_that_say_no_time_are_passed_over()
    {
        Assert.Null(_watch.Read(0, "no statement"u8.ToArray()));
        Assert.False(TickWatch.Concerns("no statement"u8));
        Assert.True(TickWatch.Concerns(Entry(At(TimeSpan.Zero), _key).Span));
        Assert.Null(_watch.Last);
    }

    public void Dispose()
    {
        _key.Dispose();
        _officer.Dispose();
    }

    private static Tick At(TimeSpan after) => new() { Time = s_start + after };

    private static ReadOnlyMemory<byte> Entry(Act act, StatementSigner key) =>
        Drafting.Compose(act, "concord.example/log#authority", key).Statement;

    private string? Tick(TimeSpan after) => Read(At(after), _key);

    private string? Read(Act act, StatementSigner key) => _watch.Read(_index++, Entry(act, key));
}
