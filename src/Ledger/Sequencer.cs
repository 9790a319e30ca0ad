using System.Data.Common;

namespace Concord.Ledger;

/// <summary>
/// The pen of a log: gives entries their place and publishes them. The order of effects is the
/// promise: entries, contents and the signed head in one durable transaction that compares and
/// swaps
/// the head (the point of no return), then tiles and bundles, then the published checkpoint, and
/// only
/// then the answer. What is answered is durable and public; what is public is durable. One thread
/// appends; tree and head may be read by any.
/// </summary>
public sealed class Sequencer
{
    private readonly ILogStore _store;
    private readonly LogTiles _tiles;
    private readonly SequencerOptions _options;
    private readonly long _generation;
    private readonly string _origin;
    private IReadOnlyList<NoteSigner> _signers;
    private LogHead? _stored;
    private PublishedHead? _published;
    private bool _isFaulted;

    private Sequencer(
        IReadOnlyList<NoteSigner> signers,
        ILogStore store,
        ITileStore tiles,
        SequencerOptions options,
        MerkleTree tree,
        long generation,
        LogHead? stored
    )
    {
        _origin = signers[0].Name;
        _signers = signers;
        _store = store;
        _options = options;
        _generation = generation;
        _stored = stored;
        Tree = tree;
        _tiles = new LogTiles(tiles, tree);
    }

    /// <summary>
    /// The tree over all entries. Proofs for others are made at the size of <see cref="Head"/>;
    /// while
    /// a batch is on its way the tree is ahead of it.
    /// </summary>
    public MerkleTree Tree { get; }

    /// <summary>The newest published checkpoint; null for a log without entries.</summary>
    public PublishedHead? Head => Volatile.Read(ref _published);

    /// <summary>The newest published checkpoint; null for a log without entries.</summary>
    public Checkpoint? Published => Head?.Checkpoint;

    /// <summary>
    /// The note of the newest published checkpoint; null for a log without entries.
    /// </summary>
    public string? PublishedNote => Head?.Note;

    /// <summary>
    /// Takes the pen of a log and brings its public face up to what is durable, by the same steps
    /// as
    /// <c>Append</c>.
    /// </summary>
    /// <param name="origin">The log's origin.</param>
    /// <param name="key">The log's key, whose name is the origin.</param>
    /// <param name="store">The durable truth.</param>
    /// <param name="tiles">The public face.</param>
    /// <param name="options">What differs from the defaults.</param>
    /// <exception cref="PenRefusedException">
    /// Another process holds the pen; or the store is older than the published checkpoint, torn, or
    /// another log's.
    /// </exception>
    public static Sequencer Open(
        string origin,
        NoteSigner key,
        ILogStore store,
        ITileStore tiles,
        SequencerOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(key);
        return Open(origin, [key], key.Verifier, store, tiles, options);
    }

    /// <summary>Takes the pen of a log that has several keys, or had others before.</summary>
    /// <param name="origin">The log's origin.</param>
    /// <param name="signers">The keys that sign until <c>Append</c> is told of others; their name
    /// is the origin.</param>
    /// <param name="known">The keys by which what was signed before is known again.</param>
    /// <param name="store">The durable truth.</param>
    /// <param name="tiles">The public face.</param>
    /// <param name="options">What differs from the defaults.</param>
    /// <exception cref="PenRefusedException">As above.</exception>
    public static Sequencer Open(
        string origin,
        IReadOnlyList<NoteSigner> signers,
        LogKeys known,
        ILogStore store,
        ITileStore tiles,
        SequencerOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(signers);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(tiles);
        CheckNames(origin, signers);
        var generation = store.Claim();
        var head = SequencerOpening.ReadHead(store, known);
        var published = SequencerOpening.ReadPublished(tiles, known);
        var tree = SequencerOpening.Rebuild(store, tiles, head?.Checkpoint);
        SequencerOpening.CheckGrowth(tree, head?.Checkpoint, published);
        var stored = head is null
            ? null
            : new LogHead(head.Checkpoint.Size, head.Checkpoint.Root, head.Note);
        var sequencer = new Sequencer(
            signers,
            store,
            tiles,
            options ?? new(),
            tree,
            generation,
            stored
        );
        sequencer.Recover(head, published?.Size ?? 0);
        return sequencer;
    }

    /// <summary>
    /// Appends a batch in its order and returns when it is durable and public. The pen: only Intake
    /// calls it.
    /// </summary>
    /// <param name="batch">The entries.</param>
    /// <param name="signers">The keys that sign the checkpoint of this batch and of those after it;
    /// null: those of before.</param>
    /// <exception cref="ArgumentException">The batch is empty, an entry too large, or a key another
    /// log's.</exception>
    /// <exception cref="SequencerException">
    /// The batch was not published; <see cref="SequencerException.IsFatal"/> says whether to open
    /// anew.
    /// </exception>
    public SequencedBatch Append(
        IReadOnlyList<PendingEntry> batch,
        IReadOnlyList<NoteSigner>? signers = null
    )
    {
        ArgumentNullException.ThrowIfNull(batch);
        CheckBatch(batch);
        signers ??= _signers;
        CheckNames(_origin, signers);
        if (_isFaulted)
        {
            throw Fatal("The sequencer has failed before and must be opened anew.", null);
        }

        // Whatever leaves this method by an exception that nobody here foresaw leaves it faulted.
        _isFaulted = true;
        var first = Tree.Size;
        foreach (var pending in batch)
        {
            Tree.Append(MerkleTree.LeafHash(pending.Entry.Span));
        }

        var next = SignHead(signers);
        Commit(batch, next, first);
        _signers = signers;
        Publish(batch.Select(pending => pending.Entry), next);
        _isFaulted = false;
        return new(first, Head ?? next);
    }

    /// <summary>
    /// Deletes the partial tiles and bundles whose full ones are published; what cannot be deleted
    /// is left for the next time. Called by whoever appends, between two batches.
    /// </summary>
    public void Collect()
    {
        if (Head is not { } head)
        {
            return;
        }

        try
        {
            _tiles.Collect(head.Checkpoint.Size);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            // The next collection takes what this one left over.
        }
    }

    private static bool IsFailure(Exception exception) =>
        exception
            is IOException
                or UnauthorizedAccessException
                or DbException
                or TimeoutException
                or InvalidDataException;

    private static SequencerException Fatal(string message, Exception? inner) =>
        new(message, isFatal: true, inner);

    private void CheckBatch(IReadOnlyList<PendingEntry> batch)
    {
        if (batch.Count == 0)
        {
            throw new ArgumentException("A batch has at least one entry.", nameof(batch));
        }

        long bytes = 0;
        foreach (var pending in batch)
        {
            if (pending.Entry.Length > EntryBundle.MaxEntrySize)
            {
                throw new ArgumentException(
                    $"An entry has at most {EntryBundle.MaxEntrySize} bytes, "
                        + $"one of the batch has {pending.Entry.Length}.",
                    nameof(batch)
                );
            }

            bytes += pending.Entry.Length + pending.Contents.Sum(c => (long)c.Bytes.Length);
        }

        // Entries are written three times: write-ahead log, database, bundle.
        var needed = _options.FreeBytesMin + (3 * bytes);
        if (_options.FreeBytes?.Invoke() is { } free && free < needed)
        {
            throw new SequencerException(
                $"Nothing is logged: {free} bytes are free where the log is kept, and {needed} "
                    + "must be, so that a full disk never tears it. Free some space, and filing "
                    + "goes on.",
                isFatal: false
            );
        }
    }

    private static void CheckNames(string origin, IReadOnlyList<NoteSigner> signers)
    {
        if (signers.Count == 0)
        {
            throw new ArgumentException("No key signs the checkpoint.", nameof(signers));
        }

        foreach (var key in signers)
        {
            if (!string.Equals(origin, key.Name, StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"The log key is of {key.Name}, the log is {origin}.",
                    nameof(signers)
                );
            }
        }
    }

    private PublishedHead SignHead(IReadOnlyList<NoteSigner> signers)
    {
        var checkpoint = new Checkpoint(_origin, Tree.Size, Tree.Root(Tree.Size));
        return new(checkpoint, checkpoint.Sign(signers).ToString());
    }

    private void Commit(IReadOnlyList<PendingEntry> batch, PublishedHead next, long first)
    {
        var head = new LogHead(next.Checkpoint.Size, next.Checkpoint.Root, next.Note);
        try
        {
            _store.Commit(new(_generation, _stored, head, batch));
        }
        catch (LogConflictException conflict)
        {
            Tree.Truncate(first);
            throw Fatal(
                "Another process has taken the pen of this log. Nothing was stored here.",
                conflict
            );
        }
        catch (LogUncertainException uncertain)
        {
            Tree.Truncate(first);
            throw Fatal(
                "The disk did not confirm the batch, and whether it holds it cannot be said. Open "
                    + "the sequencer anew: what is durable is then published.",
                uncertain
            );
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            var there = ReadHeadAfter(failure, first);
            if (there != head)
            {
                Tree.Truncate(first);
                _isFaulted = there != _stored;
                throw new SequencerException(
                    "The log store refused the batch and holds nothing of it. " + failure.Message,
                    _isFaulted,
                    failure
                );
            }
        }

        _stored = head;
    }

    private LogHead? ReadHeadAfter(Exception failure, long first)
    {
        try
        {
            return _store.ReadHead();
        }
        catch (Exception again) when (IsFailure(again))
        {
            Tree.Truncate(first);
            throw Fatal(
                "The log store failed, and whether it holds the batch cannot be read. Open the "
                    + "sequencer anew: what is durable is then published.",
                new AggregateException(failure, again)
            );
        }
    }

    private void Publish(IEnumerable<ReadOnlyMemory<byte>> entries, PublishedHead head)
    {
        try
        {
            _tiles.Write(entries);
            _tiles.Publish(head.Note);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Fatal(
                "The batch is durable but not public, because tiles could not be written. Open the "
                    + "sequencer anew when they can be: it is then published.",
                failure
            );
        }

        Volatile.Write(ref _published, head);
        if (_tiles.Uncollected >= _options.CollectedEvery || _tiles.Unsure)
        {
            Collect();
        }
    }

    private void Recover(PublishedHead? head, long published)
    {
        if (head is null)
        {
            if (_options.PublishEmpty)
            {
                Publish([], SignHead(_signers));
            }

            return;
        }

        var size = head.Checkpoint.Size;
        _tiles.Restart(Math.Max(0, Math.Min(published, size - _options.RewrittenAtOpen)));
        _tiles.Unsure = true;
        try
        {
            Publish(_store.ReadEntries(_tiles.Written, size), head);
            _tiles.MendPartials(size);
        }
        catch (SequencerException failure)
        {
            throw new PenRefusedException(failure.Message, failure);
        }

        _tiles.Unsure = false;
    }
}
