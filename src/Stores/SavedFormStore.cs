using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Answers to forms that somebody has begun, sealed by a code that is not here. Losing the file
/// loses no act. What is deleted is overwritten. Safe for use by several threads.
/// </summary>
public sealed class SavedFormStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();

    /// <summary>Opens the file, which is created when it is not there.</summary>
    public SavedFormStore(string path)
    {
        CreatePrivate(path);
        _connection = new(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        _connection.Open();
        using var schema = _connection.Command(
            """
            PRAGMA journal_mode=WAL;
            PRAGMA secure_delete=ON;
            CREATE TABLE IF NOT EXISTS forms (
              id BLOB PRIMARY KEY,
              journey TEXT NOT NULL,
              at TEXT NOT NULL,
              answers BLOB NOT NULL
            ) STRICT;
            """
        );
        schema.ExecuteNonQuery();
    }

    /// <summary>Keeps one in the place of what was there under its id.</summary>
    /// <param name="id">By what it is found: not its code.</param>
    /// <param name="journey">Which form it is.</param>
    /// <param name="at">When it was saved.</param>
    /// <param name="answers">The sealed answers.</param>
    /// <param name="most">How many are kept at most.</param>
    /// <param name="bytesMost">How many bytes they have together at most.</param>
    /// <returns>Whether there was room.</returns>
    public bool Keep(
        ReadOnlyMemory<byte> id,
        string journey,
        string at,
        ReadOnlyMemory<byte> answers,
        int most,
        long bytesMost
    )
    {
        lock (_one)
        {
            using var command = _connection.Command(
                """
                INSERT INTO forms (id, journey, at, answers)
                SELECT $id, $journey, $at, $answers
                WHERE (SELECT COUNT(*) FROM forms WHERE id <> $id) < $most
                  AND (SELECT COALESCE(SUM(LENGTH(answers)), 0) FROM forms WHERE id <> $id)
                      + LENGTH($answers) <= $bytes
                ON CONFLICT (id) DO UPDATE
                SET journey = excluded.journey, at = excluded.at, answers = excluded.answers
                RETURNING 1
                """,
                ("$id", id.ToArray()),
                ("$journey", journey),
                ("$at", at),
                ("$answers", answers.ToArray()),
                ("$most", most),
                ("$bytes", bytesMost)
            );
            var isKept = command.ExecuteScalar() is not null;
            Cut();
            return isKept;
        }
    }

    /// <summary>The form of an id and its sealed answers; null: there is none.</summary>
    public (string Journey, byte[] Answers)? Find(ReadOnlyMemory<byte> id)
    {
        lock (_one)
        {
            using var command = _connection.Command(
                "SELECT journey, answers FROM forms WHERE id = $id",
                ("$id", id.ToArray())
            );
            using var reader = command.ExecuteReader();
            return reader.Read() ? (reader.GetString(0), reader.GetFieldValue<byte[]>(1)) : null;
        }
    }

    /// <summary>Lets one go.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(ReadOnlyMemory<byte> id) =>
        Drop("DELETE FROM forms WHERE id = $key", id.ToArray());

    /// <summary>Lets those go that were saved before a time.</summary>
    public void Forget(string before) => Drop("DELETE FROM forms WHERE at < $key", before);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    // The files that SQLite puts beside it get its mode.
    private static void CreatePrivate(string path)
    {
        if (!File.Exists(path))
        {
            File.Create(path).Dispose();
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }

    private bool Drop(string sql, object key)
    {
        lock (_one)
        {
            using var command = _connection.Command(sql, ("$key", key));
            var isGone = command.ExecuteNonQuery() > 0;
            if (isGone)
            {
                Cut();
            }

            return isGone;
        }
    }

    // What was deleted or replaced stays in the write-ahead log until it is cut.
    private void Cut()
    {
        using var command = _connection.Command("PRAGMA wal_checkpoint(TRUNCATE)");
        command.ExecuteNonQuery();
    }
}
