using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Cli.Monitoring;

/// <summary>Follows one log over HTTP: verifies it, and compares what others saw.</summary>
internal sealed partial class MonitoredLog
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
    private FollowedKeys _keys;
    private string? _keyFault;
    private Instant _changedAt;
    private long _audited;

    public MonitoredLog(LogAddress source, NoteVerifier log, MonitorOptions options)
    {
        (_source, _options) = (source, options);
        _state = MonitorState.Open(options.State, log.Name, source.Address);
        var kept = _state.Last;
        _keys = KeysOf(kept, log);
        if (!_keys.Now.Verifiers.Contains(log))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{log.Name} was followed with the key {_keys.Pinned}, not {log}, and no key set "
                    + "of the log names that one.",
                $"Find out which is right; a new key begins in another folder than {options.State}."
            );
        }

        var frontier = (kept?.Frontier ?? []).Select(one => new Digest(
            Convert.FromBase64String(one)
        ));
        _follower =
            kept?.Note is { } note
            && LogFollower.TryResume(_keys.Now, note, [.. frontier], out var resumed)
                ? resumed
                : new(_keys.Now);
        _ticks = new(Instant.TryParse(kept?.Tick, out var tick) ? tick : null);
        _changedAt = Instant.TryParse(kept?.ChangedAt, out var changed) ? changed : Now;
        IsForked = kept?.Forked ?? false;
    }

    /// <summary>The log's name.</summary>
    public string Origin => _follower.Log.Origin;

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
            if (!await IsOfNewKeysAsync(note, cancel))
            {
                Report(
                    MonitorFinding.Unverifiable,
                    $"{_source.Address} shows a checkpoint: {fault}"
                );
            }

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
            if (_keyFault is { } unsigned)
            {
                Report(
                    MonitorFinding.Unverifiable,
                    $"{_source.Address} shows a checkpoint: {unsigned}"
                );
            }
            else if (Head is null || !await CompareAsync(shown, cancel))
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

    // A key that took over is believed when the log that grew from the known one names it, in a key
    // set that its roots have signed: whoever has an old key alone cannot make one.
    private async Task<bool> IsOfNewKeysAsync(string note, CancellationToken cancel)
    {
        if (
            Head is not { } head
            || !SignedNote.TryParse(note, out var signed, out _)
            || !Checkpoint.TryParse(signed.Text, out var checkpoint, out _)
            || !Same(checkpoint.Origin, Origin)
            || checkpoint.Size <= head.Checkpoint.Size
        )
        {
            return false;
        }

        var shown = new PublishedHead(checkpoint, note);
        if (await GrowAsync(shown, cancel) is not null)
        {
            return false;
        }

        _state.Remember(shown, _source.Address.ToString(), Now);
        _changedAt = Now;
        Keep();
        return true;
    }

    private static FollowedKeys KeysOf(MonitorState.Kept? kept, NoteVerifier log)
    {
        var pinned = NoteVerifier.TryParse(kept?.VerifierKey, out var before, out _) ? before : log;
        var keys = new FollowedKeys(pinned);
        foreach (var act in kept?.KeyActs ?? [])
        {
            keys.Read(act);
        }

        return keys;
    }

    private async Task<LogFinding?> GrowAsync(PublishedHead next, CancellationToken cancel)
    {
        var growth = _follower.Grow(next);
        var ticks = new List<(long Index, byte[] Entry)>();
        var keys = _keys.Copy();
        _keyFault = null;
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

        if (!Checkpoint.TryOpen(next.Note, keys.Now, out _, out _keyFault))
        {
            return new($"checkpoint {next.Checkpoint.Size}", _keyFault);
        }

        foreach (var path in growth.Tiles)
        {
            await CheckAsync(path);
        }

        rewritten.ForEach(wrong => Report(MonitorFinding.Rewritten, wrong.ToString()));
        _follower.TryAccept(growth);
        _follower.Learn(keys.Now);
        _keys = keys;
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

            if (KeySetChain.Concerns(entry.Span))
            {
                keys.Read(new(index, entry.ToArray()));
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

    private static bool Same(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal);

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
                _keys.Pinned.ToString(),
                Head?.Note,
                [.. _follower.Frontier.Select(hash => hash.ToBase64())],
                Tick?.ToString(),
                _changedAt.ToString(),
                IsForked,
                _keys.Acts
            )
        );
}
