using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Applications for admission. None of them is an act: losing the file loses no act, and whoever
/// applied applies again. Safe for use by several threads.
/// </summary>
public sealed class ApplicationStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();

    /// <summary>Opens the file, which is created when it is not there.</summary>
    public ApplicationStore(string path)
    {
        _connection = new(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        _connection.Open();
        using var schema = _connection.Command(
            """
            PRAGMA journal_mode=WAL;
            CREATE TABLE IF NOT EXISTS applications (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              status BLOB NOT NULL UNIQUE,
              at TEXT NOT NULL,
              act BLOB NOT NULL,
              closed TEXT
            ) STRICT;
            """
        );
        schema.ExecuteNonQuery();
    }

    /// <summary>Keeps one, where fewer than so many are kept.</summary>
    /// <param name="status">The SHA-256 of the address of its status.</param>
    /// <param name="at">When it came.</param>
    /// <param name="act">The act, as JSON.</param>
    /// <param name="most">How many are kept at most.</param>
    /// <returns>Its number; null: there are too many.</returns>
    public long? Keep(ReadOnlyMemory<byte> status, string at, ReadOnlyMemory<byte> act, int most)
    {
        lock (_one)
        {
            using var command = _connection.Command(
                """
                INSERT INTO applications (status, at, act)
                SELECT $status, $at, $act
                WHERE (SELECT COUNT(*) FROM applications) < $most
                RETURNING number
                """,
                ("$status", status.ToArray()),
                ("$at", at),
                ("$act", act.ToArray()),
                ("$most", most)
            );
            return (long?)command.ExecuteScalar();
        }
    }

    /// <summary>All that are kept, the oldest first.</summary>
    public IReadOnlyList<KeptApplication> All() =>
        Find("SELECT number, at, act, closed FROM applications ORDER BY number");

    /// <summary>The one of a number; null: there is none.</summary>
    public KeptApplication? Of(long number) =>
        Find(
                "SELECT number, at, act, closed FROM applications WHERE number = $number",
                ("$number", number)
            )
            .FirstOrDefault();

    /// <summary>The one of a status address; null: there is none.</summary>
    /// <param name="status">The SHA-256 of the address.</param>
    public KeptApplication? OfStatus(ReadOnlyMemory<byte> status) =>
        Find(
                "SELECT number, at, act, closed FROM applications WHERE status = $status",
                ("$status", status.ToArray())
            )
            .FirstOrDefault();

    /// <summary>Closes one that is open.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Close(long number, string why)
    {
        lock (_one)
        {
            using var command = _connection.Command(
                """
                UPDATE applications SET closed = $why WHERE number = $number AND closed IS NULL
                """,
                ("$number", number),
                ("$why", why)
            );
            return command.ExecuteNonQuery() == 1;
        }
    }

    /// <summary>Lets those go that came before a time.</summary>
    public void Forget(string before)
    {
        lock (_one)
        {
            using var command = _connection.Command(
                "DELETE FROM applications WHERE at < $before",
                ("$before", before)
            );
            command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private List<KeptApplication> Find(
        string sql,
        params ReadOnlySpan<(string Name, object Value)> parameters
    )
    {
        lock (_one)
        {
            using var command = _connection.Command(sql, parameters);
            using var reader = command.ExecuteReader();
            var found = new List<KeptApplication>();
            while (reader.Read())
            {
                found.Add(
                    new(
                        reader.GetInt64(0),
                        reader.GetString(1),
                        reader.GetFieldValue<byte[]>(2),
                        reader.IsDBNull(3) ? null : reader.GetString(3)
                    )
                );
            }

            return found;
        }
    }
}
