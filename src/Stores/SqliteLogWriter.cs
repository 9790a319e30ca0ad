using Concord.Ledger;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Concord.Stores;

/// <summary>
/// The one writing connection. Its statements are prepared once and used by SQLite's own interface:
/// a row costs a third of what it costs through a command.
/// </summary>
internal sealed class SqliteLogWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly sqlite3_stmt _rollback;
    private readonly sqlite3_stmt _insertEntry;
    private readonly sqlite3_stmt _insertContent;
    private readonly sqlite3_stmt _deleteContent;
    private readonly sqlite3_stmt _swapHead;
    private readonly sqlite3_stmt _raise;
    private readonly sqlite3_stmt _generation;

    public SqliteLogWriter(string path)
    {
        var where = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 30,
        };
        _connection = new SqliteConnection(where.ToString());
        try
        {
            _connection.Open();
            LogSchema.Execute(_connection, "PRAGMA journal_mode = WAL");
            LogSchema.Execute(_connection, "PRAGMA synchronous = FULL");
            LogSchema.Execute(_connection, "PRAGMA wal_autocheckpoint = 4000");
            LogSchema.Execute(_connection, "PRAGMA cache_size = -32768");
            LogSchema.Execute(_connection, "PRAGMA busy_timeout = 30000");
            // What is deleted or moved within the file leaves zeros behind.
            LogSchema.Execute(_connection, "PRAGMA secure_delete = ON");
            _db =
                _connection.Handle
                ?? throw new InvalidOperationException("The connection has no handle.");
            _begin = Prepare("BEGIN IMMEDIATE");
            _commit = Prepare("COMMIT");
            _rollback = Prepare("ROLLBACK");
            _insertEntry = Prepare("INSERT INTO entries (idx, bytes) VALUES (?1, ?2)");
            _insertContent = Prepare(
                "INSERT INTO contents (digest, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING"
            );
            _deleteContent = Prepare("DELETE FROM contents WHERE digest = ?1");
            _swapHead = Prepare(
                "UPDATE head SET size = ?1, root = ?2, note = ?3 WHERE id = 1 AND generation = ?4 "
                    + "AND size = ?5 AND root IS ?6"
            );
            _raise = Prepare("UPDATE head SET generation = generation + 1 WHERE id = 1");
            _generation = Prepare("SELECT generation FROM head WHERE id = 1");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Raises the generation durably and returns it.</summary>
    public long Claim()
    {
        Run(_raise);
        return Generation();
    }

    /// <summary>One durable transaction, whole or not at all.</summary>
    public void Commit(LogCommit commit)
    {
        Run(_begin);
        try
        {
            SwapHead(commit);
            var index = commit.Next.Size - commit.Entries.Count;
            foreach (var pending in commit.Entries)
            {
                foreach (var (digest, bytes) in pending.Contents)
                {
                    InsertContent(digest, bytes.Span);
                }

                Check(raw.sqlite3_bind_int64(_insertEntry, 1, index));
                Check(raw.sqlite3_bind_blob(_insertEntry, 2, pending.Entry.Span));
                Run(_insertEntry);
                index++;
            }

            Run(_commit);
        }
        // A commit whose frames were written and not synced is rolled back in this process, and
        // taken for whole by the next that reads the write-ahead log.
        catch (SqliteException e) when (e.SqliteExtendedErrorCode == raw.SQLITE_IOERR_FSYNC)
        {
            throw new LogUncertainException(e.Message, e);
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>
    /// Deletes contents and leaves no copy in the file or its write-ahead log. Whether none is
    /// left; not so while a reader holds an older state.
    /// </summary>
    public bool Erase(IEnumerable<Digest> digests)
    {
        Span<byte> key = stackalloc byte[Digest.Size];
        Run(_begin);
        try
        {
            foreach (var digest in digests)
            {
                digest.CopyTo(key);
                Check(raw.sqlite3_bind_blob(_deleteContent, 1, key));
                Run(_deleteContent);
            }

            Run(_commit);
        }
        catch
        {
            RollBack();
            throw;
        }

        return FoldIn();
    }

    /// <summary>
    /// Folds the write-ahead log in. Whether the file alone is now the database; not so while a
    /// reader holds an older state.
    /// </summary>
    public bool FoldIn()
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            using var reader = command.ExecuteReader();
            return reader.Read() && reader.GetInt64(0) == 0;
        }
        catch (SqliteException)
        {
            // A database that cannot be folded is left as it is: SQLite does it at the next
            // opening.
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _insertEntry.Dispose();
        _insertContent.Dispose();
        _deleteContent.Dispose();
        _swapHead.Dispose();
        _raise.Dispose();
        _generation.Dispose();
        _connection.Dispose();
    }

    private long Generation()
    {
        var result = raw.sqlite3_step(_generation);
        var generation = raw.sqlite3_column_int64(_generation, 0);
        Check(raw.sqlite3_reset(_generation));
        return result == raw.SQLITE_ROW
            ? generation
            : throw new InvalidDataException("The log database has no head row.");
    }

    private void SwapHead(LogCommit commit)
    {
        Span<byte> root = stackalloc byte[Digest.Size];
        commit.Next.Root.CopyTo(root);
        Check(raw.sqlite3_bind_int64(_swapHead, 1, commit.Next.Size));
        Check(raw.sqlite3_bind_blob(_swapHead, 2, root));
        Check(raw.sqlite3_bind_text(_swapHead, 3, commit.Next.Note));
        Check(raw.sqlite3_bind_int64(_swapHead, 4, commit.Generation));
        Check(raw.sqlite3_bind_int64(_swapHead, 5, commit.Expected?.Size ?? 0));
        if (commit.Expected is { } expected)
        {
            expected.Root.CopyTo(root);
            Check(raw.sqlite3_bind_blob(_swapHead, 6, root));
        }
        else
        {
            Check(raw.sqlite3_bind_null(_swapHead, 6));
        }

        Run(_swapHead);
        if (raw.sqlite3_changes(_db) != 1)
        {
            throw new LogConflictException(
                $"The head or the pen of the log is not the one expected (generation "
                    + $"{commit.Generation}, size {commit.Expected?.Size ?? 0})."
            );
        }
    }

    private void InsertContent(Digest digest, ReadOnlySpan<byte> bytes)
    {
        Span<byte> key = stackalloc byte[Digest.Size];
        digest.CopyTo(key);
        Check(raw.sqlite3_bind_blob(_insertContent, 1, key));
        Check(raw.sqlite3_bind_blob(_insertContent, 2, bytes));
        Run(_insertContent);
    }

    private void RollBack()
    {
        // Some failures of SQLite have rolled back by themselves.
        if (raw.sqlite3_get_autocommit(_db) == 0)
        {
            Run(_rollback);
        }
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(
            raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt made)
        );
        return made;
    }

    private void Run(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        var after = raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE)
        {
            Check(after == raw.SQLITE_OK ? result : after);
        }
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _db);
        }
    }
}
