using Concord.Ledger;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// What a witness cosigned last, an origin a row. Losing it would let a log show the witness
/// another history, so every change waits for the disk. Safe for use by several threads and
/// processes.
/// </summary>
public sealed class WitnessStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();

    /// <summary>Opens the file, which is created when it is not there.</summary>
    public WitnessStore(string path)
    {
        _connection = new(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        _connection.Open();
        LogSchema.Execute(
            _connection,
            """
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=FULL;
            CREATE TABLE IF NOT EXISTS heads (
              origin TEXT PRIMARY KEY,
              hash TEXT NOT NULL UNIQUE,
              size INTEGER NOT NULL,
              root BLOB NOT NULL,
              note TEXT NOT NULL
            ) STRICT;
            """
        );
    }

    /// <summary>
    /// Reads what was cosigned last of an origin, has it judged, and stores what is next, in one
    /// step that nothing comes between and that is durable when this returns.
    /// </summary>
    /// <param name="origin">The origin of the log.</param>
    /// <param name="judge">Judges by what was cosigned last; null: nothing yet.</param>
    public WitnessAnswer Decide(string origin, Func<CosignedHead?, WitnessAnswer> judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        var hash = HashOf(origin);
        lock (_one)
        {
            // Takes the write lock before it reads, so that no other process comes between.
            using var step = _connection.BeginTransaction(deferred: false);
            var answer = judge(Read(hash, step));
            if (answer.Next is { } next)
            {
                Write(origin, hash, next, step);
                step.Commit();
            }

            return answer;
        }
    }

    /// <summary>
    /// What was cosigned last of the origin with a hash: 64 hexadecimal digits of the SHA-256 of
    /// the origin; null: nothing yet.
    /// </summary>
    public CosignedHead? Find(string hash)
    {
        lock (_one)
        {
            return Read(hash, null);
        }
    }

    /// <summary>The hash by which readers name an origin.</summary>
    public static string HashOf(string origin) =>
        Digest.Of(System.Text.Encoding.UTF8.GetBytes(origin)).ToHex();

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private CosignedHead? Read(string hash, SqliteTransaction? step)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = step;
        command.CommandText = "SELECT size, root, note FROM heads WHERE hash = $hash";
        command.Parameters.AddWithValue("$hash", hash);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new(
                reader.GetInt64(0),
                new Digest(reader.GetFieldValue<byte[]>(1)),
                reader.GetString(2)
            )
            : null;
    }

    private void Write(string origin, string hash, CosignedHead next, SqliteTransaction step)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = step;
        command.CommandText = """
            INSERT INTO heads (origin, hash, size, root, note)
            VALUES ($origin, $hash, $size, $root, $note)
            ON CONFLICT (origin) DO UPDATE SET
              size = excluded.size, root = excluded.root, note = excluded.note
            """;
        command.Parameters.AddWithValue("$origin", origin);
        command.Parameters.AddWithValue("$hash", hash);
        command.Parameters.AddWithValue("$size", next.Size);
        command.Parameters.AddWithValue("$root", next.Root.ToArray());
        command.Parameters.AddWithValue("$note", next.Note);
        command.ExecuteNonQuery();
    }
}
