using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Authority.Foundation;
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

    private RunningAuthority(
        DataFolder folder,
        AuthorityFile file,
        Stack<IDisposable> opened,
        LogContents contents,
        IntakeParts parts,
        StatementSigner? standing,
        Snapshot current,
        RunningOptions options
    )
    {
        (Folder, File, _opened, Contents) = (folder, file, opened, contents);
        (Receipts, Refusals, Telemetry, Index, Time) = (
            parts.Receipts,
            parts.Refusals,
            parts.Telemetry,
            parts.Index,
            parts.Time
        );
        (Readings, Roots) = (parts.Readings, parts.Roots);
        _logger = options.Logger;
        Keys = new(folder.Keys);
        Intake = new(parts, current);
        Clocks = parts.Clocks;
        Witnesses = new(
            folder.Witnessed,
            parts.Sequencer.Tree,
            () => Intake.Current,
            Clocks,
            options
        );
        Standing = new(standing, file.Origin, () => Intake.Current, () => Witnesses.World);
    }

    /// <summary>The data folder.</summary>
    public DataFolder Folder { get; }

    /// <summary>What <c>authority.json</c> says.</summary>
    public AuthorityFile File { get; }

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
            var keys = new KeyFolder(folder.Keys);
            var logKey = Push(opened, keys.ReadLog(file.Origin));
            var tick = Push(opened, keys.Read(KeyFolder.Tick));
            var refusal = Push(opened, keys.Read(KeyFolder.Refusal));
            var receipt = Push(opened, keys.Read(KeyFolder.Receipt));
            var standing = ReadStanding(keys, opened);
            var store = Push(opened, SqliteLogStore.OpenOrCreate(folder.Database));
            var answers = Push(opened, new AnswerStore(folder.Answers, options.RefusalsPerParty));
            Directory.CreateDirectory(folder.Log);
            var free = FreeSpace.Of(folder.Path);
            var sequencer = TakePen(folder, file, logKey, store, free, options);
            WitnessedCheck.Run(folder.Witnessed, logKey.Verifier, sequencer, options.Logger);
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
            var head = sequencer.Head ?? new(new(file.Origin, 0, MerkleTree.EmptyRoot), "");
            options.Logger.Opened(file.Origin, world.Size, world.At.ToString());
            var clocks = new WitnessClocks(options.Time, AwaitsWitnesses(folder, options));
            var parts = new IntakeParts
            {
                Sequencer = sequencer,
                Receipts = new(
                    sequencer.Tree,
                    new ReceiptSigner(receipt, file.Origin),
                    answers,
                    contents.Statement
                ),
                Clock = new(tick, clocks, options.Limits, options.Logger),
                Clocks = clocks,
                Refusals = new(refusal, answers, options.Logger),
                Arrivals = new(refusal, clocks, options.Time, options.Limits),
                Readings = new(answers),
                Roots = new(Registrar(opened, keys, options.Logger), answers, options.Logger),
                Erasures = Erasures.Begin(store, world.Network.Documents, options.Logger),
                Index = index,
                IsFull = () => free() < options.FreeBytesMin + (64L << 20),
                Limits = options.Limits,
                Time = options.Time,
                Telemetry = Push(opened, new Telemetry()),
                Logger = options.Logger,
            };
            return new(folder, file, opened, contents, parts, standing, new(world, head), options);
        }
#pragma warning restore CA2000
        catch
        {
            Close(opened);
            throw;
        }
    }

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

    // One that was founded before there was such a key has none until a key set names it.
    private static StatementSigner? ReadStanding(KeyFolder keys, Stack<IDisposable> opened) =>
        keys.Has(KeyFolder.Standing) ? Push(opened, keys.Read(KeyFolder.Standing)) : null;

    private void KeepViews()
    {
        try
        {
            if (
                Intake.Current is { Size: > 0 } last
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
        AuthorityFile file,
        NoteSigner logKey,
        SqliteLogStore store,
        Func<long> free,
        RunningOptions options
    ) =>
        Sequencer.Open(
            file.Origin,
            logKey,
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

    private static StatementSigner? Registrar(
        Stack<IDisposable> opened,
        KeyFolder keys,
        ILogger logger
    )
    {
        if (keys.Has(KeyFolder.Registrar))
        {
            return Push(opened, keys.Read(KeyFolder.Registrar));
        }

        logger.NoRegistrar(keys.File(KeyFolder.Registrar));
        return null;
    }

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
