using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>What happens to the public reports when a sandbox is started again.</summary>
public sealed class SeedingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_that_stands_files_nothing_and_a_changed_row_is_corrected()
    {
        await using var server = await SandboxServer.StartAsync();
        var running = server.Authority;
        await Sandbox.FurnishAsync(running, new Silent(), Cancel);
        var first = running.Intake.Current.Size;
        using var key = running.Keys.Read(KeyFolder.Desk);
        var desk = (
            (Speaker.Party)running.Intake.Current.World.Network.Keys[key.PublicKey.Id].Speaker
        ).Id;

        await Seeding.ReportAsync(running, desk, new Silent(), Cancel);
        Assert.Empty(Filed(running, first));

        const string was = "Llama 3.1-405B,Meta AI,United States of America,2024-07-23,3.8e25,";
        var csv = Resources.Models();
        Assert.Contains(was, csv, StringComparison.Ordinal);
        var changed = ReportTable.Read(
            csv.Replace(
                was,
                was.Replace("3.8e25", "4.1e25", StringComparison.Ordinal),
                StringComparison.Ordinal
            )
        );
        await Seeding.ReportAsync(running, desk, changed, new Silent(), Cancel);

        Assert.Equal([typeof(Correct)], Filed(running, first));
        var world = running.Intake.Current.World;
        var model = world.Registry.Models[
            world.Registry.Names.Find(FoldedName.Of("Llama 3.1-405B"))!.Single()
        ];
        Assert.Equal(Flop.Parse("4.1e25"), model.Report!.TrainingCompute!.Figure);
        Assert.Equal(2, model.History.Count());

        await Seeding.ReportAsync(running, desk, changed, new Silent(), Cancel);
        Assert.Single(Filed(running, first));
    }

    private static List<Type> Filed(Concord.Authority.RunningAuthority running, long from) =>
        [
            .. Enumerable
                .Range((int)from, (int)(running.Intake.Current.Size - from))
                .Select(i => running.Index.TypeOf(i).Record)
                .Where(type => type != typeof(Concord.Acts.Network.Tick)),
        ];

    private sealed class Silent : IProgress<FurnishingStep>
    {
        public void Report(FurnishingStep value) { }
    }
}
