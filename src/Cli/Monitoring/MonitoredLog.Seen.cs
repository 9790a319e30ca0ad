using Concord.Ledger;

namespace Concord.Cli.Monitoring;

/// <summary>Compares what others were shown of the log with what was verified of it.</summary>
internal sealed partial class MonitoredLog
{
    /// <summary>Compares another checkpoint of the log with the verified one.</summary>
    /// <returns>Whether it is known what to think of it.</returns>
    private async Task<bool> CompareAsync(PublishedHead other, CancellationToken cancel)
    {
        if (Head is not { } head || other.Checkpoint == head.Checkpoint)
        {
            return Head is not null;
        }

        var (earlier, later) =
            other.Checkpoint.Size <= head.Checkpoint.Size ? (other, head) : (head, other);
        var nodes = new List<Digest>();
        var held = new Dictionary<TilePath, ReadOnlyMemory<byte>>();
        foreach (var node in ForkProof.NodesOf(earlier.Checkpoint.Size, later.Checkpoint.Size))
        {
            var path = node.TileAt(later.Checkpoint.Size);
            if (!held.TryGetValue(path, out var tile))
            {
                held[path] = tile = await _source.TileAsync(path, cancel);
            }

            if (node.HashIn(tile.Span) is not { } hash)
            {
                return false;
            }

            nodes.Add(hash);
        }

        var proof = new ForkProof(earlier.Note, later.Note, nodes);
        if (proof.Proves(_follower.Log, out _))
        {
            Fork(proof, earlier.Checkpoint, later.Checkpoint);
            return true;
        }

        var sizes = (earlier.Checkpoint.Size, later.Checkpoint.Size);
        return ForkProof.RootsOf(sizes.Item1, sizes.Item2, nodes) is { } roots
            && roots.Later == later.Checkpoint.Root;
    }

    private void Fork(ForkProof proof, Checkpoint earlier, Checkpoint later)
    {
        IsForked = true;
        var folder = ForkFolder.Write(_state.Folder, _follower.Log, proof);
        Report(
            MonitorFinding.Fork,
            $"The log signed two trees that exclude each other, of {earlier.Size} and "
                + $"{later.Size} entries.",
            folder
        );
        Keep();
    }

    private async Task WitnessesAsync(CancellationToken cancel)
    {
        foreach (var address in _options.Witnesses)
        {
            // A witness that does not answer says nothing about the log.
            try
            {
                if (await _source.WitnessedAsync(address, Origin, cancel) is { } text)
                {
                    Witnessed(address, text);
                }
            }
            catch (Exception e) when (IsOfTheNetwork(e, cancel)) { }
        }
    }

    private void Witnessed(Uri address, string text)
    {
        if (
            !SignedNote.TryParse(text, out var note, out _)
            || !Checkpoint.TryOpen(text, _follower.Log, out var checkpoint, out _)
        )
        {
            return;
        }

        var head = new PublishedHead(checkpoint, text);
        _state.Remember(head, address.ToString(), Now);
        SeenElsewhere(head);
        if (_options.WitnessKeys.Count == 0 || checkpoint.Size > Size)
        {
            return;
        }

        if (!CosignedTimes.TryRead(note, _options.WitnessKeys, out var times, out var fault))
        {
            Report(MonitorFinding.Unverifiable, $"A witness's checkpoint: {fault}");
            return;
        }

        foreach (var wrong in times.SelectMany(at => _ticks.Witness(checkpoint.Size, at)))
        {
            Report(MonitorFinding.Tick, $"{wrong} Read at {address}.");
        }
    }

    private void SeenElsewhere(PublishedHead head)
    {
        if (!_compared.Contains(head.Checkpoint))
        {
            _ahead.TryAdd(head.Checkpoint, (head, Now));
        }
    }

    // What others saw is compared as soon as the log shows as much.
    private async Task CompareSeenAsync(CancellationToken cancel)
    {
        foreach (var (checkpoint, (head, at)) in _ahead.ToList())
        {
            if (checkpoint.Size <= Size)
            {
                if (await CompareAsync(head, cancel))
                {
                    _ahead.Remove(checkpoint);
                    _compared.Add(checkpoint);
                }
            }
            else if (Now - at > _options.SilenceMax)
            {
                Report(
                    MonitorFinding.Withheld,
                    $"Others saw {checkpoint.Size} entries at {at}; {_source.Address} still shows "
                        + $"{Size}."
                );
            }
        }
    }
}
