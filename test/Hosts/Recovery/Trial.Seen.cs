using System.Text;
using Concord.Authority.Foundation;
using Concord.Hosts.Witnesses;
using Concord.Ledger;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Recovery;

internal sealed partial class Trial
{
    private void See(string note)
    {
        lock (_seen)
        {
            _seen.Add(note);
        }
    }

    private void SeeProof(string text)
    {
        Assert.True(TlogProof.TryParse(text, out var proof, out var fault), fault);
        See(proof.CheckpointNote);
    }

    private async Task SeeWitnessAsync()
    {
        using var client = new HttpClient { BaseAddress = _witness.Url };
        var path = $"{WitnessStore.HashOf(_founded.Log.Name)}/checkpoint";
        See(await client.GetStringAsync(path, _cancel));
    }

    // A folder that was refused may show what it showed before, and nothing else.
    private void SeePublished(string path)
    {
        var file = Path.Combine(new DataFolder(path).Log, ITileStore.CheckpointPath);
        if (File.Exists(file))
        {
            See(File.ReadAllText(file, Encoding.UTF8));
        }
    }

    // One tree holds every two of them, so no two contradict each other.
    private void Check(string path)
    {
        using var store = SqliteLogStore.Open(new DataFolder(path).Database);
        var reader = LogReader.Open(store, _founded.Log, out var head);
        See(head!.Note);
        SeePublished(path);
        foreach (var note in _seen)
        {
            Assert.True(Checkpoint.TryOpen(note, _founded.Log, out var seen, out var fault), fault);
            Assert.True(
                seen.Size <= head.Checkpoint.Size,
                $"{seen.Size} entries were shown, and {head.Checkpoint.Size} are left"
            );
            Assert.True(
                reader.Tree.Root(seen.Size) == seen.Root,
                $"the tree of {seen.Size} entries was shown with another root"
            );
        }
    }
}
