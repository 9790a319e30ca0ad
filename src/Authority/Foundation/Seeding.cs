using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms.Network;

namespace Concord.Authority.Foundation;

/// <summary>
/// Reports the public facts on real models, bases before what was made from them. Filed again they
/// are duplicates: the same issuer says the same.
/// </summary>
public static class Seeding
{
    /// <summary>Files the reports.</summary>
    /// <param name="running">The authority.</param>
    /// <param name="desk">The institute that signs them.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Ends it between two waves.</param>
    public static async Task ReportAsync(
        RunningAuthority running,
        PartyId desk,
        IProgress<FurnishingStep> progress,
        CancellationToken cancel
    )
    {
        using var key = running.Keys.Read(KeyFolder.Desk);
        var speaker = new Speaker.Party(desk);
        var table = ReportTable.Read(Resources.Models());
        var ids = new Dictionary<string, ModelId>(StringComparer.Ordinal);
        var total = table.Waves.Sum(wave => wave.Count);
        foreach (var names in table.Waves.SelectMany(wave => wave.Chunk(64)))
        {
            var indexes = await Task.WhenAll(
                names.Select(name =>
                    ReportAsync(running, speaker, table.Report(name, ids), key, cancel)
                )
            );
            for (var i = 0; i < names.Length; i++)
            {
                ids[names[i]] = new(indexes[i]);
            }

            progress.Report(new("Public-source reports filed", ids.Count, total));
        }
    }

    // A start on a furnished folder signs and files nothing.
    private static async Task<long> ReportAsync(
        RunningAuthority running,
        Speaker speaker,
        ReportModel report,
        StatementSigner key,
        CancellationToken cancel
    )
    {
        var network = running.Intake.Current.World.Network;
        var said = NetworkView.SaidKey(
            network.IssuerOf(speaker),
            Digest.Of(ActBytes.Write(report))
        );
        return network.Said.TryGet(said, out var index)
            ? index
            : (await running.FileAsync(speaker, report, key, cancel)).Index;
    }
}
