using Concord.Acts.Network;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// Partial tiles go when nobody has filed for a while, and not between two bursts.
/// </summary>
public sealed class CollectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partial_tiles_are_collected_when_it_has_been_quiet_for_half_a_minute()
    {
        var time = new AdvancedTime();
        await using var server = await SandboxServer.StartAsync(running: new() { Time = time });
        for (var i = 0; server.Authority.Intake.Current.Size <= TilePath.FullWidth; i++)
        {
            await server.AdmitAsync($"Tern {i}", PartyRole.Developer);
        }

        var partials = Path.Combine(
            server.Authority.Folder.Log,
            new TilePath(TilePath.Entries, 0, TilePath.FullWidth).PartialFolder
        );
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
        var between = Directory.Exists(partials);
        time.Advance(TimeSpan.FromSeconds(31));

        Assert.True(between);
        for (var looks = 0; Directory.Exists(partials); looks++)
        {
            Assert.True(looks < 600, "The partial bundles are still there.");
            await Task.Delay(100, Cancel);
        }
    }
}
