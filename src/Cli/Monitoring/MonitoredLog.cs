using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Cli.Monitoring;

/// <summary>Follows one log over HTTP: verifies it, and compares what others saw.</summary>
internal sealed class MonitoredLog
{
    private readonly LogAddress _source;
    private readonly MonitorState _state;
    private readonly MonitorOptions _options;
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly Dictionary<Checkpoint, (PublishedHead Head, Instant At)> _ahead = [];
    private readonly HashSet<Checkpoint> _compared = [];
    private readonly List<MonitorFinding> _found = [];
    private readonly TickWatch _ticks;
    private readonly LogFollower _follower;
    private Instant _changedAt;
    private long _audited;

    public MonitoredLog(LogAddress source, NoteVerifier log, MonitorOptions options)
    {
        (_source, _options) = (source, options);
        _state = MonitorState.Open(options.State, log.Name, source.Address);
        if (_state.Last is { } pinned && !Same(pinned.VerifierKey, log.ToString()))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{log.Name} was followed with the key {pinned.VerifierKey}, not {log}.",
                $"Find out which is right; a new key begins in another folder than {options.State}."
            );
        }

        var kept = _state.Last;
        var frontier = (kept?.Frontier ?? []).Select(one => new Digest(
            Convert.FromBase64String(one)
        ));
        _follower =
            kept?.Note is { } note
            && LogFollower.TryResume(log, note, [.. frontier], out var resumed)
                ? resumed
                : new(log);
        _ticks = new(Instant.TryParse(kept?.Tick, out var tick) ? tick : null);
        _changedAt = Instant.TryParse(kept?.ChangedAt, out var changed) ? changed : Now;
        IsForked = kept?.Forked ?? false;
    }

    /// <summary>The log's name.</summary>
    public string Origin => _follower.Log.Name;

    /// <summary>Where it is read.</summary>
    public Uri Address => _source.Address;

    /// <summary>The number of verified entries.</summary>
    public long Size => _follower.Size;

    /// <summary>The last verified checkpoint.</summary>
    public PublishedHead? Head => _follower.Head;

    /// <summary>The last tick.</summary>
    public Instant? Tick => _ticks.Last;

    /// <summary>Whether the log contradicted itself.</summary>
    public bool IsForked { get; private set; }

    /// <summary>Where what is known of it is kept, proofs of its forks among it.</summary>
    public string Folder => _state.Folder;

    /// <summary>Whether the last round reached the log.</summary>
    public bool IsReached { get; private set; }

    private Instant Now => Instant.From(_options.Time.GetUtcNow());

    /// <summary>Does one round.</summary>
    /// <param name="elsewhere">Heads of the same log that others were shown.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What was found for the first time.</returns>
    public async Task<IReadOnlyList<MonitorFinding>> RoundAsync(
        IEnumerable<PublishedHead> elsewhere,
        CancellationToken cancel
    )
    {
        _found.Clear();
        try
        {
            if (await _source.CheckpointAsync(cancel) is { } note)
            {
                await ShownAsync(note, cancel);
            }

            IsReached = true;
            foreach (var head in elsewhere)
            {
                SeenElsewhere(head);
            }

            await WitnessesAsync(cancel);
            await CompareSeenAsync(cancel);
            await AuditAsync(cancel);
        }
        catch (Exception e) when (IsOfTheNetwork(e, cancel))
        {
            IsReached = false;
        }

        Listen();
        return [.. _found];
    }

    private static bool IsOfTheNetwork(Exception e, CancellationToken cancel) =>
        e is HttpRequestException or IOException
        || (e is OperationCanceledException && !cancel.IsCancellationRequested);

    private async Task ShownAsync(string note, CancellationToken cancel)
    {
        if (!Checkpoint.TryOpen(note, _follower.Log, out var checkpoint, out var fault))
        {
            Report(MonitorFinding.Unverifiable, $"{_source.Address} shows a checkpoint: {fault}");
            return;
        }

        var shown = new PublishedHead(checkpoint, note);
        _state.Remember(shown, _source.Address.ToString(), Now);
        if (Head is { } head && checkpoint.Size <= head.Checkpoint.Size)
        {
            await CompareAsync(shown, cancel);
        }
        else if (await GrowAsync(shown, cancel) is { } wrong)
        {
            if (Head is null || !await CompareAsync(shown, cancel))
            {
                Report(MonitorFinding.Rewritten, wrong.ToString());
            }
        }
        else
        {
            _changedAt = Now;
            Keep();
        }
    }

    private async Task<LogFinding?> GrowAsync(PublishedHead next, CancellationToken cancel)
    {
        var growth = _follower.Grow(next);
        var ticks = new List<(long Index, byte[] Entry)>();
        var rewritten = new List<LogFinding>();
        foreach (var path in growth.Bundles)
        {
            var bytes = await _source.TileAsync(path, cancel);
            if (growth.Add(path, bytes, Keep) is { } wrong)
            {
                return wrong;
            }

            await CheckAsync(path with { Level = 0 });
        }

        if (!growth.IsProven)
        {
            return new(
                $"checkpoint {next.Checkpoint.Size}",
                "the entries that are served do not give the root that the log signed"
            );
        }

        foreach (var path in growth.Tiles)
        {
            await CheckAsync(path);
        }

        rewritten.ForEach(wrong => Report(MonitorFinding.Rewritten, wrong.ToString()));
        _follower.TryAccept(growth);
        foreach (var (index, entry) in ticks)
        {
            if (_ticks.Read(index, entry) is { } fault)
            {
                Report(MonitorFinding.Tick, fault);
            }
        }

        return null;

        void Keep(long index, ReadOnlyMemory<byte> entry)
        {
            if (TickWatch.Concerns(entry.Span))
            {
                ticks.Add((index, entry.ToArray()));
            }
        }

        async Task CheckAsync(TilePath path)
        {
            if (growth.Check(path, (await _source.TileAsync(path, cancel)).Span) is { } wrong)
            {
                rewritten.Add(wrong);
            }
        }
    }

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

    private static bool Same(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal);

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

    // One bundle a round, in turn: what was published must not change.
    private async Task AuditAsync(CancellationToken cancel)
    {
        var columns = Size / TilePath.FullWidth;
        if (columns == 0)
        {
            return;
        }

        var index = _audited++ % columns;
        var held = new Dictionary<TilePath, ReadOnlyMemory<byte>>();
        foreach (var path in _follower.TilesOfColumn(index))
        {
            held[path] = await _source.TileAsync(path, cancel);
        }

        if (_follower.CheckColumn(index, path => held[path]) is { } wrong)
        {
            Report(MonitorFinding.Rewritten, wrong.ToString());
        }
    }

    private void Listen()
    {
        var quiet = Now - _changedAt;
        if (quiet > _options.SilenceMax)
        {
            Report(
                MonitorFinding.Silence,
                $"Nothing new since {_changedAt}.",
                key: $"silence {_changedAt}"
            );
        }
        else if (Tick is { } tick && Now - tick > _options.SilenceMax)
        {
            Report(MonitorFinding.Silence, $"No tick since {tick}.");
        }
    }

    private void Report(string kind, string says, string? proof = null, string? key = null)
    {
        if (_reported.Add(key ?? $"{kind} {says}"))
        {
            _found.Add(new(kind, Origin, says, proof));
        }
    }

    private void Keep() =>
        _state.Keep(
            new(
                _follower.Log.ToString(),
                Head?.Note,
                [.. _follower.Frontier.Select(hash => hash.ToBase64())],
                Tick?.ToString(),
                _changedAt.ToString(),
                IsForked
            )
        );
}
