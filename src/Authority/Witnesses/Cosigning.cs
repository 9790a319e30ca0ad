using Concord.Authority.Admission;
using Concord.Ledger;
using Concord.Measures;
using Concord.Stores;

namespace Concord.Authority.Witnesses;

/// <summary>
/// Has witnesses cosign the log: on a cadence it submits the newest published checkpoint to all of
/// them at once, and keeps it when the cosignatures reach the policy's quorum. Filing never waits
/// for it, and what it has done is read by anybody.
/// </summary>
public sealed class Cosigning : IAsyncDisposable
{
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromMinutes(2);

    private readonly string _file;
    private readonly MerkleTree _tree;
    private readonly Func<Snapshot> _newest;
    private readonly WitnessClocks _clocks;
    private readonly RunningOptions _options;
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<NoteVerifier, NoteSignature> _lines = [];
    private volatile TlogPolicy? _policy;
    private Snapshot? _asked;
    private readonly TaskCompletionSource _askedOnce = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private Task _loop = Task.CompletedTask;
    private volatile WitnessedHead? _head;
    private volatile Snapshot? _witnessed;

    /// <summary>Nobody is asked until a policy says whom.</summary>
    /// <param name="file">Where the witnessed checkpoint is kept.</param>
    /// <param name="tree">The log's tree.</param>
    /// <param name="newest">The world at the newest published checkpoint.</param>
    /// <param name="clocks">Told whose times count.</param>
    /// <param name="options">How witnesses are asked, by which clock.</param>
    public Cosigning(
        string file,
        MerkleTree tree,
        Func<Snapshot> newest,
        WitnessClocks clocks,
        RunningOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        (_file, _tree, _newest, _clocks, _options) = (file, tree, newest, clocks, options);
        // The client owns the handler.
#pragma warning disable CA2000
        _client = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = options.Cosigning.Patience,
                PooledConnectionLifetime = s_connectionLife,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning restore CA2000
    }

    /// <summary>The newest witnessed checkpoint; null: none has reached the quorum.</summary>
    public WitnessedHead? Newest => _head;

    /// <summary>
    /// The world at the newest checkpoint that reached the quorum since this process began; null:
    /// none has.
    /// </summary>
    public Snapshot? World => _witnessed;

    /// <summary>Whom the log asks; null: nobody.</summary>
    public TlogPolicy? Policy => _policy;

    /// <summary>The witnesses of the policy.</summary>
    public IReadOnlyList<AskedWitness> Witnesses { get; private set; } = [];

    /// <summary>
    /// The times in the newest cosignature of each witness that has given one: what the log's clock
    /// can be held against.
    /// </summary>
    public IReadOnlyList<Instant> Times =>
        [.. Witnesses.Select(one => one.State.At).OfType<Instant>()];

    /// <summary>Ends when those of the policy have been asked once, whatever they said.</summary>
    public Task Asked => _askedOnce.Task;

    /// <summary>The newest witnessed checkpoint, if it has the entry.</summary>
    /// <param name="index">The log index.</param>
    public WitnessedHead? NewestWith(long index) =>
        _head is { } head && index < head.Size ? head : null;

    /// <summary>
    /// Takes a policy, with what was witnessed before, and begins to ask. Once for each authority.
    /// </summary>
    public void Use(TlogPolicy policy)
    {
        Take(policy);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Takes a policy without asking anybody by itself.</summary>
    public void Take(TlogPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
        Witnesses =
        [
            .. policy.Witnesses.Select(key => new AskedWitness(
                key,
                AddressOf(policy, key),
                _client,
                _tree,
                _options.Time,
                _options.Cosigning
            )),
        ];
        _clocks.Use(policy, Witnesses);
        if (WitnessedFile.Read(_file) is not { } note)
        {
            return;
        }

        if (WitnessedHead.Read(note, policy, out var fault) is not { } head)
        {
            _options.Logger.WitnessedNotRead(fault ?? "no witness is asked");
            return;
        }

        _head = head;
        foreach (var (key, at) in head.Cosigned)
        {
            Witnesses.First(one => one.Key.Equals(key)).Remember(head.Size, at);
        }
    }

    /// <summary>
    /// Takes the same policy with other keys of the log: the witnesses stay those that they are.
    /// </summary>
    /// <exception cref="ArgumentException">It names other witnesses.</exception>
    public void Renew(TlogPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (_policy is null || !policy.Witnesses.SequenceEqual(_policy.Witnesses))
        {
            throw new ArgumentException("The witnesses are asked by a policy.", nameof(policy));
        }

        _policy = policy;
    }

    /// <summary>
    /// Asks every witness that is due, all at once, and keeps what reached the quorum.
    /// </summary>
    public async Task RoundAsync(CancellationToken cancel)
    {
        var newest = _newest();
        var head = newest.Head;
        if (
            _policy is not { } policy
            || head.Checkpoint.Size == 0
            || !SignedNote.TryParse(head.Note, out var note, out _)
        )
        {
            return;
        }

        // A root is signed once for a size, so the same checkpoint is the same world.
        if (_asked?.Head.Checkpoint != head.Checkpoint)
        {
            _lines.Clear();
        }

        _asked = newest;

        var due = Witnesses.Where(one => one.IsDue(head.Checkpoint.Size)).ToArray();
        var before = due.Select(one => one.State.Fault).ToArray();
        var lines = await Task.WhenAll(
            due.Select(one => one.AskAsync(note, head.Checkpoint, cancel))
        );
        for (var i = 0; i < due.Length; i++)
        {
            Tell(due[i], before[i]);
            if (lines[i] is { } line)
            {
                _lines[due[i].Key] = line;
            }
        }

        if (lines.Any(line => line is not null))
        {
            Keep(note, policy);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _client.Dispose();
        _stop.Dispose();
    }

    private void Keep(SignedNote note, TlogPolicy policy)
    {
        var lines = policy.Witnesses.Select(key => _lines.GetValueOrDefault(key));
        var cosigned = note with
        {
            Signatures = [.. note.Signatures, .. lines.OfType<NoteSignature>()],
        };
        if (
            WitnessedHead.Read(cosigned.ToString(), policy, out _) is { } next
            && next.Size >= (_head?.Size ?? 0)
        )
        {
            WitnessedFile.Write(_file, cosigned.ToString());
            _head = next;
            _witnessed = _asked;
        }
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_options.Cosigning.Cadence, _options.Time);
        try
        {
            do
            {
                await TryRoundAsync();
                _askedOnce.TrySetResult();
            } while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
        finally
        {
            _askedOnce.TrySetResult();
        }
    }

    private async Task TryRoundAsync()
    {
        try
        {
            await RoundAsync(_stop.Token);
        }
#pragma warning disable CA1031 // Whatever fails here, the log goes on and the next round is tried.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _options.Logger.RoundFailed(e);
        }
    }

    private void Tell(AskedWitness witness, string? before)
    {
        var now = witness.State.Fault;
        if (string.Equals(now, before, StringComparison.Ordinal))
        {
            return;
        }

        if (now is null)
        {
            _options.Logger.WitnessBack(witness.Key.Name);
        }
        else
        {
            _options.Logger.WitnessFailed(witness.Key.Name, now);
        }
    }

    private static Uri? AddressOf(TlogPolicy policy, NoteVerifier key) =>
        policy.AddressOf(key) is { } text
        && Uri.TryCreate(text.TrimEnd('/') + "/add-checkpoint", UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
            ? url
            : null;
}
