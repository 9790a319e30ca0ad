using Concord.Ledger;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// A log's entries, contents and head in one SQLite file: write-ahead log, synchronous FULL, one
/// writing connection and pooled reading ones. While it holds the pen it holds an operating-system
/// lock on the file <c>NAME.pen</c> beside the database, which no crash leaves behind; where it is
/// closed cleanly, it seals the database file (<see cref="DatabaseSeal"/>).
/// </summary>
public sealed class SqliteLogStore : ILogStore, IDisposable
{
    private const int RowsPerRead = 1024;

    // What the kernel says of a disk, which the platform hands on as it is (errno).
    private const int DiskFull = 28;
    private const int DiskForReading = 30;

    private readonly string _path;
    private readonly string _readFrom;
    private readonly Lock _gate = new();
    private bool _isAbandoned;
    private SqliteLogWriter? _writer;
    private FileStream? _pen;

    private SqliteLogStore(string path)
    {
        _path = path;
        _readFrom = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = true,
            DefaultTimeout = 30,
        }.ToString();
    }

    /// <summary>The database file.</summary>
    public string Path => _path;

    /// <summary>Opens a database, and makes it where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is another kind of database, or of a later
    /// release.</exception>
    /// <exception cref="SqliteException">The file is no database.</exception>
    public static SqliteLogStore OpenOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            LogSchema.Create(path);
        }

        return Open(path);
    }

    /// <summary>
    /// Opens a database that is there; nothing is written before the pen is claimed.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is another kind of database, or of a later
    /// release.</exception>
    /// <exception cref="SqliteException">The file is no database.</exception>
    public static SqliteLogStore Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("There is no log database at " + path, path);
        }

        var store = new SqliteLogStore(path);
        try
        {
            var fault = store.Read("", static _ => { }, LogSchema.FaultOf);
            return fault is null ? store : throw new InvalidDataException($"{path}: {fault}");
        }
        catch
        {
            // No pooled connection keeps a file open that is about to be repaired.
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long Claim()
    {
        lock (_gate)
        {
            _pen ??= TakePen(_path);
            DatabaseSeal.Break(_path);
            _writer ??= new SqliteLogWriter(_path);
            return _writer.Claim();
        }
    }

    /// <inheritdoc/>
    public LogHead? ReadHead() =>
        Read(
            "SELECT size, root, note FROM head WHERE note IS NOT NULL",
            static _ => { },
            static command =>
            {
                using var reader = command.ExecuteReader();
                if (!reader.Read())
                {
                    return null;
                }

                return
                    reader.GetValue(0) is long size
                    && reader.GetValue(1) is byte[] { Length: Digest.Size } root
                    && reader.GetValue(2) is string note
                    ? new LogHead(size, new Digest(root), note)
                    : throw new InvalidDataException("The head row holds other than a head.");
            }
        );

    /// <inheritdoc/>
    public void Commit(LogCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        lock (_gate)
        {
            var writer =
                _writer
                ?? throw new LogConflictException("The pen of this log was not claimed here.");
            writer.Commit(commit);
        }
    }

    /// <summary>
    /// Deletes contents for good: no file of the database holds their bytes, nor does one that was
    /// put aside as damaged. Whether it is done; not so while a reader holds an older state, and it
    /// is then tried again.
    /// </summary>
    /// <exception cref="LogConflictException">The pen is not here.</exception>
    public bool Erase(IReadOnlyCollection<Digest> digests)
    {
        lock (_gate)
        {
            var writer =
                _writer
                ?? throw new LogConflictException("The pen of this log was not claimed here.");
            DatabaseRebuild.DeleteAside(_path);
            return writer.Erase(digests);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> ReadEntries(long from, long to)
    {
        // In pieces, so that no long read keeps the write-ahead log from being folded in.
        for (var start = from; start < to; start += RowsPerRead)
        {
            foreach (var entry in ReadPiece(start, Math.Min(to, start + RowsPerRead)))
            {
                yield return entry;
            }
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? ReadContent(Digest digest) =>
        Read(
            "SELECT bytes FROM contents WHERE digest = $digest",
            parameters => parameters.AddWithValue("$digest", digest.ToArray()),
            static command =>
                command.ExecuteScalar() is byte[] bytes ? (ReadOnlyMemory<byte>?)bytes : null
        );

    /// <summary>
    /// Seals nothing when it closes: the file at its path is no longer the one that was opened.
    /// </summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isAbandoned = true;
        }
    }

    /// <summary>
    /// Gives the pen back. The write-ahead log is folded into the database file, and the file is
    /// sealed.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            using (var pool = new SqliteConnection(_readFrom))
            {
                SqliteConnection.ClearPool(pool);
            }

            if (_writer is { } writer)
            {
                var isWhole = writer.FoldIn();
                writer.Dispose();
                _writer = null;
                if (isWhole && !_isAbandoned)
                {
                    DatabaseSeal.Write(_path);
                }
            }

            _pen?.Dispose();
            _pen = null;
        }
    }

    /// <summary>Takes the lock that the writer of a database holds.</summary>
    internal static FileStream TakePen(string database)
    {
        var path = database + ".pen";
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken.HResult is not (DiskFull or DiskForReading))
        {
            throw new PenRefusedException(
                $"Another process writes this log: it holds the lock on {path}. One log has one "
                    + "writer; stop the other authority first, or read from it while it runs.",
                taken
            );
        }
    }

    private List<ReadOnlyMemory<byte>> ReadPiece(long from, long to) =>
        Read(
            "SELECT idx, bytes FROM entries WHERE idx >= $from AND idx < $to ORDER BY idx",
            parameters =>
            {
                parameters.AddWithValue("$from", from);
                parameters.AddWithValue("$to", to);
            },
            command =>
            {
                var entries = new List<ReadOnlyMemory<byte>>((int)(to - from));
                using var reader = command.ExecuteReader();
                while (
                    reader.Read()
                    && reader.GetInt64(0) == from + entries.Count
                    && reader.GetValue(1) is byte[] entry
                )
                {
                    entries.Add(entry);
                }

                return entries.Count == to - from
                    ? entries
                    : throw new InvalidDataException(
                        $"Entry {from + entries.Count} is missing or unreadable in {_path}. "
                            + "`concord fsck` names "
                            + "what is damaged and repairs it."
                    );
            }
        );

    private T Read<T>(
        string sql,
        Action<SqliteParameterCollection> bind,
        Func<SqliteCommand, T> read
    )
    {
        using var connection = new SqliteConnection(_readFrom);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        bind(command.Parameters);
        return read(command);
    }
}
