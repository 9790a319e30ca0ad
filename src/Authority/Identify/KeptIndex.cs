using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Stores;

namespace Concord.Authority.Identify;

/// <summary>
/// The index of weights in the data folder, as it follows the log. It is made of the log: what
/// fails here is said, tried again and stops nothing else, and who asks meanwhile is answered
/// without it.
/// </summary>
public sealed class KeptIndex : IDisposable
{
    // A stretch is brought to the disk at once, with all that it holds in memory.
    private const int PrintsAtOnce = 256;
    private const long EntriesAtOnce = 65_536;

    // What holds no fingerprint is looked through again after a restart: its place needs no disk.
    private const long EntriesUnkept = 65_536;

    private readonly Lock _gate = new();
    private readonly Func<bool> _isHere;
    private readonly Func<bool> _isFull;
    private readonly ILogger _logger;
    private readonly string _folder;
    private WeightsIndexFile? _file;
    private volatile IndexAt? _open;
    private volatile Exception? _failed;
    private volatile string? _why;
    private string? _said;
    private bool _isDisposed;

    /// <summary>The index of a data folder, opened by the first pass.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="feed">What the log says to it.</param>
    /// <param name="isHere">Whether the folder is still where it was.</param>
    /// <param name="isFull">Whether what is left of the disk is for the log.</param>
    /// <param name="logger">Where faults are said.</param>
    public KeptIndex(
        DataFolder folder,
        IndexFeed feed,
        Func<bool> isHere,
        Func<bool> isFull,
        ILogger logger
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_folder, Feed, _isHere, _isFull, _logger) = (
            folder.WeightsIndex,
            feed,
            isHere,
            isFull,
            logger
        );
    }

    internal KeptIndex(DataFolder folder, LogContents contents, IntakeParts parts)
        : this(folder, new(parts.Index, contents.Act), parts.IsHere, parts.IsFull, parts.Logger) =>
        parts.Telemetry.ObserveIndex(() => Through);

    /// <summary>What the log says to it.</summary>
    public IndexFeed Feed { get; }

    /// <summary>What may be searched; null: nothing now.</summary>
    public IndexAt? Open => _open;

    /// <summary>Up to which size of the log it is followed; zero: there is no index now.</summary>
    public long Through => _open?.Through ?? 0;

    /// <summary>Why it is not at hand, or behind; null: nothing is wrong.</summary>
    public string? Why => _why;

    /// <summary>Brings it further, by one stretch of the log at most.</summary>
    /// <param name="snapshot">The log.</param>
    /// <param name="cancel">Ends the checking of what was kept.</param>
    /// <returns>Whether there is more to bring; false too where something is wrong.</returns>
    public bool Follow(Snapshot snapshot, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        lock (_gate)
        {
            if (_isDisposed || !_isHere())
            {
                return false;
            }

            try
            {
                return FollowOnce(snapshot, cancel);
            }
#pragma warning disable CA1031 // Whatever is wrong with what can be made again, the log goes on.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Close();
                Tell($"the index of weights cannot be kept: {e.Message}", e);
                return false;
            }
        }
    }

    /// <summary>A search met an error: it is not searched until it was opened anew.</summary>
    public void Fail(IndexAt index, Exception error)
    {
        ArgumentNullException.ThrowIfNull(index);
        // The one that writes closes it: it may be writing now.
        if (_open?.File == index.File)
        {
            (_failed, _open) = (error, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Close();
        }
    }

    private bool FollowOnce(Snapshot snapshot, CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _failed, null) is { } failed)
        {
            throw new IOException(failed.Message, failed);
        }

        if (_isFull())
        {
            Tell("the disk is nearly full: the index of weights follows when there is room", null);
            return false;
        }

        _file ??= OpenChecked(snapshot, cancel);
        var isMore = Take(snapshot);
        if (!isMore)
        {
            (_why, _said) = (null, null);
        }

        return isMore;
    }

    // What was not checked to its end is not kept open.
    private WeightsIndexFile OpenChecked(Snapshot snapshot, CancellationToken cancel)
    {
        DataFolder.CreatePrivate(_folder);
        var file = WeightsIndexFile.Open(_folder);
        try
        {
            if ((file.Fault ?? Feed.FaultOf(file, snapshot.World, cancel)) is not { } fault)
            {
                return file;
            }

            _logger.IndexBegunAnew(fault);
            _why = $"the index of weights is made anew: {fault}";
            if (file.Fault is not null)
            {
                return file;
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        WeightsIndexFile.Delete(_folder);
        return WeightsIndexFile.Open(_folder);
    }

    private bool Take(Snapshot snapshot)
    {
        var place = _open?.Through ?? _file!.Through;
        var end = Math.Min(place + EntriesAtOnce, snapshot.Size);
        end = Feed.Entries(place, end).Skip(PrintsAtOnce).Append(end).First();
        var added = Feed.Prints(snapshot.World, place, end).ToList();
        var changed = Feed.Changed(snapshot.World, place, end).ToList();
        if (added.Count > 0 || changed.Count > 0 || end - _file!.Through > EntriesUnkept)
        {
            _file!.Apply(added, changed, end);
        }

        _open = new(_file, end);
        return end < snapshot.Size;
    }

    private void Close()
    {
        _open = null;
        _file?.Dispose();
        _file = null;
    }

    // Said once, however often it is tried.
    private void Tell(string why, Exception? error)
    {
        if (!string.Equals(why, _said, StringComparison.Ordinal))
        {
            _logger.IndexNotKept(error, why);
        }

        (_why, _said) = (why, why);
    }
}
