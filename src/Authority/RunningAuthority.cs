using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Authority.Identify;
using Concord.Authority.Notices;
using Concord.Authority.Witnesses;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Stores;

namespace Concord.Authority;

/// <summary>
/// An authority with its data folder in hand: the log is open, the world is folded, filings are
/// taken. One for each data folder at a time.
/// </summary>
public sealed class RunningAuthority : IAsyncDisposable
{
    private readonly Stack<IDisposable> _opened;
    private readonly ILogger _logger;
    private readonly KeyRing _ring;
    private readonly Func<bool> _isHere;
    private volatile AuthorityFile _file;

    private RunningAuthority(
        DataFolder folder,
        AuthorityFile file,
        Stack<IDisposable> opened,
        LogContents contents,
        IntakeParts parts,
        Snapshot current,
        RunningOptions options
    )
    {
        (Folder, _opened, Contents, _ring) = (folder, opened, contents, parts.Keys);
        (Receipts, Refusals, Telemetry, Index, Time) = (
            parts.Receipts,
            parts.Refusals,
            parts.Telemetry,
            parts.Index,
            parts.Time
        );
        (Readings, Roots, _isHere) = (parts.Readings, parts.Roots, parts.IsHere);
        _logger = options.Logger;
        Keys = new(folder.Keys);
        _file = file.Naming(current.World, _ring, Index);
        Intake = new(parts with { KeysChanged = Publish }, current);
        Clocks = parts.Clocks;
        Witnesses = new(
            folder.Witnessed,
            parts.Sequencer.Tree,
            () => Intake.Current,
            Clocks,
            options
        );
        Standing = new(_ring, file.Origin, () => Intake.Current, () => Witnesses.World);
    }

    /// <summary>The data folder.</summary>
    public DataFolder Folder { get; }

    /// <summary>What <c>authority.json</c> says, with the keys of the key set in force.</summary>
    public AuthorityFile File
    {
        get => _file;
        private set => _file = value;
    }

    /// <summary>
    /// Which keys the key set names that the server does not hold, or that the policy of the
    /// witnesses does not know; null: none.
    /// </summary>
    public string? KeysFinding
    {
        get
        {
            var network = Intake.Current.World.Network;
            var unknown = _ring
                .LogOf(network)
                .Select(key => key.Verifier)
                .Where(key => Witnesses.Policy is { } policy && !policy.Logs.Contains(key))
                .Select(key => $"log {key}");
            string?[] said =
            [
                _ring.FindingOf(network),
                string.Join(", ", unknown) is { Length: > 0 } lines
                    ? $"{Folder.WitnessPolicy} lacks a key of the log: add the line {lines}, tell "
                        + "the witnesses and restart, or nothing is witnessed once the old key is "
                        + "let go."
                    : null,
            ];
            return string.Join(' ', said.OfType<string>()) is { Length: > 0 } all ? all : null;
        }
    }

    /// <summary>
    /// Raised when another key set is in force and <see cref="File"/> says so; filings wait
    /// meanwhile.
    /// </summary>
    public event EventHandler? KeysChanged;

    /// <summary>The keys in the data folder.</summary>
    public KeyFolder Keys { get; }

    /// <summary>The one way into the log, and what readers see.</summary>
    public Intake Intake { get; }

    /// <summary>Those who cosign the log's checkpoints; none until a policy names some.</summary>
    public Cosigning Witnesses { get; }

    /// <summary>The machine's clock, held against the witnesses' times.</summary>
    public WitnessClocks Clocks { get; }

    /// <summary>Signs answers on standing.</summary>
    public StandingDesk Standing { get; }

    /// <summary>The entries and their documents.</summary>
    public LogContents Contents { get; }

    /// <summary>What lists of acts are made from.</summary>
    public ActIndex Index { get; }

    /// <summary>Receipts and proofs of what is in the log.</summary>
    public Receipts Receipts { get; }

    /// <summary>The refusals that were given out.</summary>
    public RefusalDesk Refusals { get; }

    /// <summary>Who read what is not public.</summary>
    public ReadingRecord Readings { get; }

    /// <summary>The roots over each day's readings and refusals.</summary>
    public DailyRoots Roots { get; }

    /// <summary>Takes applications for admission.</summary>
    public ApplicationDesk Applications { get; private init; } = null!;

    /// <summary>Keeps the answers of forms that somebody has begun.</summary>
    public Web.Filing.SavedForms Saved { get; private init; } = null!;

    /// <summary>Attachments that were sent before their act.</summary>
    public UploadDesk Uploads { get; private init; } = null!;

    /// <summary>The index by which weights are known again; it follows where served.</summary>
    public KeptIndex Weights { get; private init; } = null!;

    /// <summary>Where parties are told of what concerns them.</summary>
    public NoticeDesk Notices { get; private init; } = null!;

    /// <summary>The signed requests that were taken.</summary>
    internal SeenRequests Seen { get; } = new();

    /// <summary>What is measured.</summary>
    public Telemetry Telemetry { get; }

    /// <summary>The machine's clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The time of the machine's clock.</summary>
    public Instant Now => Instant.From(Time.GetUtcNow());

    /// <summary>
    /// Opens the authority of a data folder: the log is recovered and the world folded.
    /// </summary>
    /// <exception cref="DataFolderInUseException">Another server holds the folder.</exception>
    /// <exception cref="CopiedFolderException">The folder is a copy of another.</exception>
    /// <exception cref="FileNotFoundException">A key of the server is missing.</exception>
    /// <exception cref="PenRefusedException">The log must not be written from here.</exception>
    public static Task<RunningAuthority> OpenAsync(
        DataFolder folder,
        RunningOptions options,
        CancellationToken cancel
    ) => OpenAsync(folder, AuthorityFile.Read(folder), options, cancel);

    internal static async Task<RunningAuthority> OpenAsync(
        DataFolder folder,
        AuthorityFile file,
        RunningOptions options,
        CancellationToken cancel
    )
    {
        var opened = new Stack<IDisposable>();
#pragma warning disable CA2000 // What is opened is on the stack, which is closed here or by the owner.
        try
        {
            opened.Push(folder.Lock());
            PlaceMark.Claim(folder);
            CheckDatabase(folder);
            var keys = Push(opened, KeyRing.Open(new(folder.Keys), file.Origin));
            var log = LogKeys.Of([.. file.LogKeys().Verifiers, .. keys.LogKeys]);
            var store = Push(opened, SqliteLogStore.OpenOrCreate(folder.Database));
            var answers = Push(opened, new AnswerStore(folder.Answers, options.RefusalsPerParty));
            Directory.CreateDirectory(folder.Log);
            var free = FreeSpace.Of(folder.Path);
            var sequencer = TakePen(folder, keys, log, store, free, options);
            await WitnessedCheck.RunAsync(folder, log, sequencer, options, cancel);
            var contents = new LogContents(store);
            var index = new ActIndex();
            var world = await UpgradeGate.FoldAsync(
                folder,
                contents,
                sequencer.Published?.Size ?? 0,
                index,
                options,
                cancel
            );
            CheckKeys(keys, world, options.Logger);
            var head = sequencer.Head ?? new(new(file.Origin, 0, MerkleTree.EmptyRoot), "");
            options.Logger.Opened(file.Origin, world.Size, world.At.ToString());
            var clocks = new WitnessClocks(options.Time, AwaitsWitnesses(folder, options));
            var parts = new IntakeParts
            {
                Sequencer = sequencer,
                Receipts = new(sequencer.Tree, keys, file.Origin, answers, contents.Statement),
                Keys = keys,
                KeysChanged = _ => { },
                Clock = new(keys, clocks, options.Limits, options.Logger),
                Clocks = clocks,
                Refusals = new(keys, answers, options.Time, options.Logger),
                Arrivals = new(keys, clocks, options.Time, options.Limits),
                Readings = new(answers),
                Roots = new(keys, world.Network, answers, options.Logger),
                Erasures = Erasures.Begin(store, world.Network.Documents, options.Logger),
                Index = index,
                IsHere = Push(opened, new PlaceWatch(folder, store, answers)).IsHere,
                IsFull = () => free() < options.FreeBytesMin + (64L << 20),
                Limits = options.Limits,
                Time = options.Time,
                Telemetry = Push(opened, new Telemetry()),
                Logger = options.Logger,
            };
            return new(folder, file, opened, contents, parts, new(world, head), options)
            {
                Applications = new(Push(opened, Applying(folder)), options.Time),
                Notices = new(
                    Push(opened, new NoticeStore(DataFolder.Own(folder.Notices))),
                    options.Notices ?? new() { AllowsPrivate = file.Sandbox },
                    options.Time
                ),
                Saved = Push(opened, new Web.Filing.SavedForms(folder.Drafts, options.Time)),
                Weights = Push(opened, new KeptIndex(folder, contents, parts)),
                Uploads = Push(opened, new UploadDesk(folder, options.Time, parts.IsFull)),
            };
        }
#pragma warning restore CA2000
        catch
        {
            Close(opened);
            throw;
        }
    }

    private static ApplicationStore Applying(DataFolder folder) =>
        new(DataFolder.Own(folder.Applications));

    /// <summary>What proves that kept items are under their day's roots in the log.</summary>
    internal Api.DayProofs DayProofs(RecordKind kind) =>
        new(kind, Intake.Current.World, day => Roots.LeavesOf(kind, day));

    /// <summary>Composes, signs and files an act.</summary>
    /// <param name="speaker">Who says it.</param>
    /// <param name="act">The act.</param>
    /// <param name="key">The speaker's key.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="FilingException">It was not taken.</exception>
    public async Task<FilingOutcome.Filed> FileAsync(
        Speaker speaker,
        Act act,
        StatementSigner key,
        CancellationToken cancel
    )
    {
        var received = Drafting.Compose(act, $"{File.Origin}#{speaker}", key);
        var outcome = await Intake.FileAsync(received, cancel);
        return outcome as FilingOutcome.Filed ?? throw new FilingException(act, outcome);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Witnesses.DisposeAsync();
        await Intake.DisposeAsync();
        KeepViews();
        Close(_opened);
    }

    /// <summary>No empty database is made in the place of one that is gone.</summary>
    private static void CheckDatabase(DataFolder folder)
    {
        var published = Path.Combine(folder.Log, ITileStore.CheckpointPath);
        if (!System.IO.File.Exists(folder.Database) && System.IO.File.Exists(published))
        {
            throw new PenRefusedException(
                $"The database {folder.Database} is gone, and a checkpoint of its log "
                    + $"is published. "
                    + "Nothing was written. It is brought back from the log's own "
                    + "tiles by `concord "
                    + $"rebuild --data {folder.Path}`, or from a backup by `concord restore`: "
                    + "docs/WAYS-BACK.md."
            );
        }
    }

    private static void CheckKeys(KeyRing keys, World world, ILogger logger)
    {
        keys.Demand(world.Network);
        if (keys.FindingOf(world.Network) is { } finding)
        {
            logger.KeysNotHere(finding);
        }
    }

    // Whoever pins keys reads them here, and the server starts from it: the log is the truth, and a
    // file that could not be written is written at the next start.
    private void Publish(World world)
    {
        File = File.Naming(world, _ring, Index);
        try
        {
            if (Folder.IsFounded)
            {
                (File with { Url = AuthorityFile.Read(Folder).Url }).Write(Folder);
            }
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _logger.KeysNotKept(e);
        }

        KeysChanged?.Invoke(this, EventArgs.Empty);
    }

    private void KeepViews()
    {
        try
        {
            if (
                _isHere()
                && Intake.Current is { Size: > 0 } last
                && ViewPin.Read(Folder) is var kept
                && (kept?.Size != last.Size || !kept.IsOfThisBuild)
            )
            {
                ViewPin.Of(last.World).Write(Folder);
            }
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The digests of the last stop are still good for what they say.
            _logger.ViewsNotKept(e);
        }
    }

    private static Sequencer TakePen(
        DataFolder folder,
        KeyRing keys,
        LogKeys log,
        SqliteLogStore store,
        Func<long> free,
        RunningOptions options
    ) =>
        Sequencer.Open(
            log.Origin,
            keys.LogOf(World.Empty.Network),
            log,
            store,
            new FileTiles(folder.Log),
            new()
            {
                FreeBytes = free,
                FreeBytesMin = options.FreeBytesMin,
                // Half of what is looked through at the next start, if a kill leaves it over.
                CollectedEvery = 512 * TilePath.FullWidth,
            }
        );

    private static bool AwaitsWitnesses(DataFolder folder, RunningOptions options) =>
        options.AsksWitnesses && System.IO.File.Exists(folder.WitnessPolicy);

    private static T Push<T>(Stack<IDisposable> opened, T item)
        where T : IDisposable
    {
        opened.Push(item);
        return item;
    }

    private static void Close(Stack<IDisposable> opened)
    {
        while (opened.TryPop(out var item))
        {
            item.Dispose();
        }
    }
}
