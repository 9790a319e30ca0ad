using System.Net;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>An authority whose last tick is three days old.</summary>
public sealed class ClockTests
{
    private static readonly ShiftedTime s_threeDaysAgo = new(-TimeSpan.FromDays(3));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_authority_serves_reads_and_takes_nothing_until_its_officers_resume()
    {
        await using var house = await RealHouse.FoundAsync(s_threeDaysAgo);
        var (party, key, last) = await ActiveAsync(house);
        await using var server = await SandboxServer.StartAsync(house.Data);
        var acts = server.Acts;
        var act = server.Sign(party, key, Given.Model(party, "Tern 2"));

        Assert.Equal(
            "Tern 1",
            (await server.ReadAsync($"/models/{last}")).GetProperty("name").GetString()
        );
        using var turnedAway = await server.PostAsync(act.Statement);
        var problem = SandboxServer.Json(await turnedAway.Content.ReadAsStringAsync(Cancel));
        var health = await server.ReadAsync("/healthz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, turnedAway.StatusCode);
        Assert.Equal("/problems/clock-stopped", problem.GetProperty("type").GetString());
        Assert.Contains(
            "concord clock resume",
            problem.GetProperty("remedy").GetString(),
            StringComparison.Ordinal
        );
        Assert.NotNull(turnedAway.Headers.RetryAfter);
        Assert.Equal("reading", health.GetProperty("status").GetString());
        Assert.Equal(acts, server.Acts);

        var step = ClockResume.Draft(server.Authority, "The machine was moved.");
        Assert.NotNull(step);
        Assert.Null(await SignAsync(server, house, "regulator", step));
        using var still = await server.PostAsync(act.Statement);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, still.StatusCode);
        Assert.Null(await SignAsync(server, house, "institute", step));

        using var taken = await server.PostAsync(act.Statement);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        Assert.Equal("ok", (await server.ReadAsync("/healthz")).GetProperty("status").GetString());
        Assert.InRange(
            server.Authority.Now - server.Authority.Intake.Current.World.At,
            TimeSpan.Zero,
            TimeSpan.FromMinutes(5)
        );
    }

    [Fact]
    public async Task A_sandbox_signs_the_step_itself_and_says_so()
    {
        var first = await SandboxServer.StartAsync(running: new() { Time = s_threeDaysAgo });
        await first.AdmitAsync("Tern Labs", PartyRole.Developer);
        await first.StopAsync();
        await using var server = await SandboxServer.StartAsync(first.Path);
        Assert.True(server.Authority.Intake.ClockStands);
        var steps = new List<FurnishingStep>();

        await Sandbox.FurnishAsync(server.Authority, new FilingTests.Steps(steps), Cancel);

        Assert.False(server.Authority.Intake.ClockStands);
        Assert.Contains(
            steps,
            step => step.What.Contains("officers of the sandbox sign", StringComparison.Ordinal)
        );
    }

    // A clock that runs ahead must not date acts into the future.
    [Fact]
    public async Task A_clock_that_jumps_ahead_or_back_moves_no_tick()
    {
        var first = await SandboxServer.StartAsync();
        await first.AdmitAsync("Tern Labs", PartyRole.Developer);
        var at = first.Authority.Intake.Current.World.At;
        await first.StopAsync();
        foreach (var by in (TimeSpan[])[TimeSpan.FromHours(3), -TimeSpan.FromDays(3)])
        {
            var server = await SandboxServer.StartAsync(
                first.Path,
                new() { Time = new ShiftedTime(by) }
            );
            var before = server.Authority.Intake.Current.World.At;
            if (by > TimeSpan.Zero)
            {
                Assert.True(server.Authority.Intake.ClockStands);
            }
            else
            {
                await server.AdmitAsync("Gull Works", PartyRole.Developer);
            }

            Assert.Equal(at, before);
            Assert.Equal(at, server.Authority.Intake.Current.World.At);
            await server.StopAsync();
        }

        Directory.Delete(first.Path, recursive: true);
    }

    private static async Task<(PartyId, StatementSigner, string)> ActiveAsync(RealHouse house)
    {
        var server = await SandboxServer.StartAsync(house.Data, new() { Time = s_threeDaysAgo });
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var filed = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        await server.StopAsync();
        return (party, key, filed.GetProperty("subject").GetString()!);
    }

    private static async Task<string?> SignAsync(
        SandboxServer server,
        RealHouse house,
        string institution,
        ResumeClock step
    )
    {
        using var key = house.Officers.Read($"officer-{institution}-1");
        var officer = new Speaker.Officer(institution, "officer-1");
        using var response = await server.PostAsync(
            Drafting.Compose(step, $"{server.Origin}#{officer}", key).Statement
        );
        return response.IsSuccessStatusCode
            ? null
            : await response.Content.ReadAsStringAsync(Cancel);
    }
}
