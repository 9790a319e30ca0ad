using System.Threading.Channels;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>
/// The one way into the log, and the holder of the only pen. Whoever files checks the signature in
/// its own thread; one serial loop then judges each act by the world after the one before it, folds
/// it dry, commits what queued meanwhile at once, and answers.
/// </summary>
public sealed class Intake : IAsyncDisposable
{
    private const int GatheredFrom = 16;
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(30);

    private readonly Sequencer _sequencer;
    private readonly KeyRing _ring;
    private readonly Action<World> _keysChanged;
    private readonly Receipts _receipts;
    private readonly TickClock _clock;
    private readonly IntakeLimits _limits;
    private readonly TimeProvider _time;
    private readonly Telemetry _telemetry;
    private readonly ILogger _logger;
    private readonly RateLimit _signers;
    private readonly RefusalDesk _refusals;
    private readonly DailyRoots _roots;
    private readonly Erasures _erasures;
    private readonly ArrivalDesk _arrivals;
    private readonly Func<bool> _isFull;
    private readonly ActIndex _index;
    private readonly Channel<Waiting> _queue;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ITimer _timer;
    private readonly Thread _loop;
    private volatile Snapshot _current;
    private volatile Problem? _closed;
    private volatile Waiting[]? _founding;
    private volatile bool _stopping;
    private long _quietAt;
    private long _quietSince;

    /// <summary>Takes the pen and begins.</summary>
    internal Intake(IntakeParts parts, Snapshot current)
    {
        (_sequencer, _receipts, _clock, _refusals, _arrivals) = (
            parts.Sequencer,
            parts.Receipts,
            parts.Clock,
            parts.Refusals,
            parts.Arrivals
        );
        (_limits, _time, _telemetry, _logger) = (
            parts.Limits,
            parts.Time,
            parts.Telemetry,
            parts.Logger
        );
        (_current, _isFull, _index) = (current, parts.IsFull, parts.Index);
        (_ring, _keysChanged) = (parts.Keys, parts.KeysChanged);
        (_roots, _erasures) = (parts.Roots, parts.Erasures);
        _signers = new(_time, _limits.SignerPerSecond, _limits.SignerBurst, names: 10_000);
        _queue = Channel.CreateBounded<Waiting>(
            new BoundedChannelOptions(_limits.QueueMax) { SingleReader = true }
        );
        _loop = new(Run) { IsBackground = true, Name = "intake" };
        _loop.Start();
        _timer = _time.CreateTimer(
            _ => _wake.Set(),
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1)
        );
        _telemetry.Observe(
            () => _current.Size,
            () => _queue.Reader.Count,
            () => (Now - _current.World.At).TotalSeconds
        );
    }

    /// <summary>What readers see.</summary>
    public Snapshot Current => _current;

    /// <summary>
    /// The problem that every filing gets until a restart; null: filings are taken.
    /// </summary>
    public Problem? Shut => _closed;

    /// <summary>Whether the clock stands: nothing but its resumption is admitted.</summary>
    public bool ClockStands => Standing(_current.World);

    private Instant Now => Instant.From(_time.GetUtcNow());

    /// <summary>Files an act and waits for its receipt.</summary>
    /// <param name="received">What came in.</param>
    /// <param name="cancel">Ends the waiting; an act that was taken goes its way all the
    /// same.</param>
    public async Task<FilingOutcome> FileAsync(Received received, CancellationToken cancel)
    {
        using var activity = Telemetry.Activities.StartActivity("file");
        var outcome = await JudgeAsync(received, cancel);
        _telemetry.Answered(
            outcome switch
            {
                FilingOutcome.Filed { IsDuplicate: true } => "duplicate",
                FilingOutcome.Filed => "filed",
                FilingOutcome.Refused refused => refused.Refusal.Code,
                FilingOutcome.NotTaken notTaken => notTaken.Problem.Type.Code,
                _ => "unknown",
            },
            (outcome as FilingOutcome.Filed)?.Act
        );
        return outcome;
    }

    /// <summary>The attachments that a filing may bring, or why it brings none.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="act">The act of a sealed statement.</param>
    internal (IReadOnlySet<Digest>? Named, Problem? Problem) Named(
        ReadOnlyMemory<byte> statement,
        ReadOnlyMemory<byte>? act
    ) =>
        Gate.TryName(statement, act, _current.World, out var named, out var problem)
            ? (named, null)
            : (null, problem);

    /// <summary>Judges filings from here on without logging any.</summary>
    public DryRun Dry() => new(_current, _signers, Standing);

    /// <summary>
    /// Files the signatures on genesis; the first tick is committed together with them.
    /// </summary>
    internal async Task FoundAsync(IReadOnlyList<Received> signatures, CancellationToken cancel)
    {
        Waiting[] together = [.. signatures.Select(one => new Waiting(Gate.OpenGenesis(one)))];
        _founding = together;
        _wake.Set();
        var rulings = Task.WhenAll(together.Select(waiting => waiting.Ruling));
        foreach (var ruling in await rulings.WaitAsync(cancel))
        {
            if (ruling is not Ruling.InLog)
            {
                throw new InvalidDataException($"The log was not founded: {ruling}");
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        await _timer.DisposeAsync();
        _queue.Writer.TryComplete();
        _wake.Set();
        _loop.Join();
        _wake.Dispose();
    }

    private async Task<FilingOutcome> JudgeAsync(Received received, CancellationToken cancel)
    {
        var (world, arrived) = (_current.World, Now);
        if (!Gate.TryOpen(received, world, _signers, out var signed, out var problem))
        {
            return new FilingOutcome.NotTaken(_closed ?? problem);
        }

        FilingOutcome.NotTaken NotTaken(Problem why) =>
            new(_arrivals.Add(why, signed, arrived, world));

        if (_closed is { } closed)
        {
            return NotTaken(closed);
        }

        var waiting = new Waiting(signed);
        if (!_queue.Writer.TryWrite(waiting))
        {
            return NotTaken(
                new(Problems.QueueFull, $"{_limits.QueueMax} filings wait")
                {
                    RetryAfter = _limits.RetryAfter,
                }
            );
        }

        _wake.Set();
        return await waiting.Ruling.WaitAsync(cancel) switch
        {
            Ruling.InLog logged => _receipts.Answer(logged, signed, _current),
            Ruling.Refused refused => _refusals.Refuse(refused.Refusal, signed, refused.World),
            Ruling.NotTaken notTaken => NotTaken(notTaken.Problem),
            var other => throw new InvariantException($"no answer for {other}"),
        };
    }

    private void Run()
    {
        var batch = new List<Waiting>();
        while (true)
        {
            _wake.WaitOne();
            do
            {
                Gather(batch.Count);
                Take(batch);
                Commit(batch);
            } while (batch.Count > 0);

            CollectWhenQuiet();

            if (_stopping && _queue.Reader.Count == 0)
            {
                return;
            }
        }
    }

    // Woken by nothing but the timer: nobody waits for the disk just now. Files are deleted only
    // once it has been quiet for a while, because a file system may be slow to make new ones for a
    // minute after (ext4 without a journal passes over every inode that was freed just before).
    private void CollectWhenQuiet()
    {
        var size = _current.Size;
        if (size != _quietAt || _closed is not null)
        {
            (_quietAt, _quietSince) = (size, _time.GetTimestamp());
            return;
        }

        _erasures.Carry([]);
        if (_time.GetElapsedTime(_quietSince) >= s_quiet)
        {
            _sequencer.Collect();
        }
    }

    // A commit costs the same for one act as for many. After a large batch another is on its way
    // through the gate: a moment's waiting for half as many takes nothing from anybody.
    private void Gather(int last)
    {
        if (last < GatheredFrom || _stopping)
        {
            return;
        }

        var began = _time.GetTimestamp();
        while (_queue.Reader.Count < last / 2 && _time.GetElapsedTime(began) < s_gathering)
        {
            _wake.WaitOne(millisecondsTimeout: 1);
        }
    }

    private void Take(List<Waiting> batch)
    {
        batch.Clear();
        if (_founding is { } founding)
        {
            _founding = null;
            batch.AddRange(founding);
            return;
        }

        var bytes = 0;
        while (
            batch.Count < _limits.BatchEntriesMax
            && bytes < _limits.BatchBytesMax
            && _queue.Reader.TryRead(out var waiting)
        )
        {
            batch.Add(waiting);
            bytes += waiting.Bytes;
        }
    }

    private void Commit(List<Waiting> batch)
    {
        if (_closed is { } closed)
        {
            batch.ForEach(waiting => waiting.Answer(new Ruling.NotTaken(closed)));
            return;
        }

        var started = _time.GetTimestamp();
        var draft = new Draft(_current.World, _ring, _logger);
        var isFounding = draft.World.Size == 0;
        if (!isFounding)
        {
            _clock.TickWhenDue(draft, Now, hasActs: batch.Count > 0);
            AddRoots(draft);
        }

        var stands = !isFounding && Standing(draft.World);
        foreach (var waiting in batch)
        {
            if (stands && waiting.Signed.Act is not ResumeClock)
            {
                waiting.Answer(new Ruling.NotTaken(ClockProblem(draft.World)));
                continue;
            }

            draft.Add(waiting);
            if (waiting.Signed.Act is ResumeClock)
            {
                _clock.TickWhenDue(draft, Now, hasActs: true);
                AddRoots(draft);
                stands = !isFounding && Standing(draft.World);
            }
        }

        if (isFounding && draft.World.Network.IsFounded)
        {
            _clock.TickWhenDue(draft, Now, hasActs: true);
        }

        if (draft.Entries.Count == 0)
        {
            draft.Answer(root: null);
        }
        else if (isFounding && !draft.World.Network.HasTicked)
        {
            draft.Fail(new(Problems.Internal, "genesis needs t signatures at once and a tick"));
        }
        else
        {
            Append(draft, started);
        }
    }

    private void AddRoots(Draft draft)
    {
        if (!Standing(draft.World))
        {
            _roots.AddWhenDue(draft);
        }
    }

    private bool Standing(World world) => _clock.Stands(world, Now);

    private void Append(Draft draft, long started)
    {
        try
        {
#pragma warning disable RS0030 // The one pen: everything that enters the log enters here.
            var batch = _sequencer.Append(draft.Entries, _ring.LogOf(draft.World.Network));
#pragma warning restore RS0030
            var now = new Snapshot(draft.World, batch.Head);
            var root = _receipts.Sign(now);
            draft.Index(_index);
            _current = now;
            if (draft.ChangesKeys)
            {
                _keysChanged(now.World);
            }

            _erasures.Carry(draft.Erased);
            draft.Answer(root);
            _telemetry.Committed(draft.Entries.Count, _time.GetElapsedTime(started));
        }
        catch (SequencerException e) when (!e.IsFatal)
        {
            _logger.CommitFailed(e, draft.Entries.Count);
            draft.Fail(
                _isFull()
                    ? new(Problems.StorageFull, "the disk of the log is nearly full")
                    {
                        RetryAfter = TimeSpan.FromMinutes(5),
                    }
                    : new(Problems.StoreFailed, "the commit failed")
                    {
                        RetryAfter = _limits.RetryAfter,
                    }
            );
        }
#pragma warning disable CA1031 // Whatever failed here, the state of the log is unknown: stop writing.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.SequencerStopped(e, draft.Entries.Count);
            _closed = new(Problems.LogStopped, "the sequencer has stopped") { Logged = null };
            draft.Fail(_closed);
        }
    }

    private static Problem ClockProblem(World world) =>
        new(Problems.ClockStopped, $"the last tick is {world.At}")
        {
            RetryAfter = TimeSpan.FromMinutes(5),
        };
}
