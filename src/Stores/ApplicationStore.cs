using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Applications for admission. None of them is an act: losing the file loses no act, and whoever
/// applied applies again. Safe for use by several threads.
/// </summary>
public sealed class ApplicationStore : IDisposable
{
    private const string Columns = "SELECT number, at, act, closed, source, network";
    private const int KeyBytes = 32;
    private const int SourceBytes = 8;

    private readonly SqliteConnection _connection;
    private readonly byte[] _key;
    private readonly Lock _one = new();

    /// <summary>Opens the file, which is created when it is not there.</summary>
    public ApplicationStore(string path)
    {
        _connection = new(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        _connection.Open();
        Do(
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
        // A file of before addresses were bounded has neither column.
        if (Number("SELECT COUNT(*) FROM pragma_table_info('applications')") == 5)
        {
            Do(
                """
                ALTER TABLE applications ADD COLUMN source TEXT;
                ALTER TABLE applications ADD COLUMN network TEXT;
                CREATE TABLE secret (key BLOB NOT NULL) STRICT;
                """
            );
            using var made = _connection.Command(
                "INSERT INTO secret (key) VALUES ($key)",
                ("$key", RandomNumberGenerator.GetBytes(KeyBytes))
            );
            made.ExecuteNonQuery();
        }

        using var key = _connection.Command("SELECT key FROM secret");
        _key = (byte[])key.ExecuteScalar()!;
    }

    /// <summary>
    /// What an address is kept as: nobody reads it back without this file, and with it only by
    /// trying every address.
    /// </summary>
    public string SourceOf(string address) =>
        Convert.ToHexString(
            HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(address)).AsSpan(0, SourceBytes)
        );

    /// <summary>Keeps one; of those that were closed, only the newest so many stay.</summary>
    /// <param name="status">The SHA-256 of the address of its status.</param>
    /// <param name="at">When it came.</param>
    /// <param name="act">The act, as JSON.</param>
    /// <param name="from">What the address and its network are kept as.</param>
    /// <param name="closedMost">How many closed ones are kept.</param>
    /// <returns>Its number.</returns>
    public long Keep(
        ReadOnlyMemory<byte> status,
        string at,
        ReadOnlyMemory<byte> act,
        (string Source, string Network) from,
        int closedMost
    )
    {
        lock (_one)
        {
            using var command = _connection.Command(
                """
                DELETE FROM applications WHERE number IN (
                  SELECT number FROM applications WHERE closed IS NOT NULL
                  ORDER BY number DESC LIMIT -1 OFFSET $most);
                INSERT INTO applications (status, at, act, source, network)
                VALUES ($status, $at, $act, $source, $network)
                RETURNING number
                """,
                ("$most", closedMost),
                ("$status", status.ToArray()),
                ("$at", at),
                ("$act", act.ToArray()),
                ("$source", from.Source),
                ("$network", from.Network)
            );
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>All that are kept and not closed, the oldest first.</summary>
    public IReadOnlyList<KeptApplication> Open() =>
        Find($"{Columns} FROM applications WHERE closed IS NULL ORDER BY number");

    /// <summary>The one of a number; null: there is none.</summary>
    public KeptApplication? Of(long number) =>
        Find($"{Columns} FROM applications WHERE number = $number", ("$number", number))
            .FirstOrDefault();

    /// <summary>The one of a status address; null: there is none.</summary>
    /// <param name="status">The SHA-256 of the address.</param>
    public KeptApplication? OfStatus(ReadOnlyMemory<byte> status) =>
        Find($"{Columns} FROM applications WHERE status = $status", ("$status", status.ToArray()))
            .FirstOrDefault();

    /// <summary>Closes one that is open; from where it came is forgotten.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Close(long number, string why)
    {
        lock (_one)
        {
            using var command = _connection.Command(
                """
                UPDATE applications SET closed = $why, source = NULL, network = NULL
                WHERE number = $number AND closed IS NULL
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

    private void Do(string sql)
    {
        using var command = _connection.Command(sql);
        command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using var command = _connection.Command(sql);
        return (long)command.ExecuteScalar()!;
    }

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
                        Text(3),
                        Text(4),
                        Text(5)
                    )
                );
            }

            return found;

            string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        }
    }
}
