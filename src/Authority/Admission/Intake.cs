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
public sealed partial class Intake : IAsyncDisposable
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
    private readonly Func<bool> _isHere;
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
        _isHere = parts.IsHere;
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
}
