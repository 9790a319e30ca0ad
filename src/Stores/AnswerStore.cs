using Concord.Ledger;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// What an authority has answered: the signed roots that receipts share, so that the same act gets
/// the same receipt for ever, its refusals, bounded for each party, and who read what is sealed.
/// Losing it loses no act, so its commits do not wait for the disk, but those of readings do. Safe
/// for use by several threads.
/// </summary>
public sealed class AnswerStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();
    private readonly int _perParty;
    private readonly string _path;

    /// <summary>Opens the file, which is created when it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="perParty">How many refusals are kept for one party; older ones go.</param>
    public AnswerStore(string path, int perParty)
    {
        _perParty = perParty;
        _path = path;
        DatabaseSeal.Break(path);
        _connection = new(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        _connection.Open();
        Execute(
            """
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=NORMAL;
            CREATE TABLE IF NOT EXISTS roots (
              size INTEGER PRIMARY KEY,
              note TEXT NOT NULL,
              signature BLOB NOT NULL
            ) STRICT;
            CREATE TABLE IF NOT EXISTS refusals (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              party TEXT NOT NULL,
              statement TEXT NOT NULL,
              act TEXT NOT NULL,
              code TEXT NOT NULL,
              tick TEXT NOT NULL,
              signed BLOB NOT NULL
            ) STRICT;
            CREATE INDEX IF NOT EXISTS refusals_party ON refusals (party, number);
            CREATE TABLE IF NOT EXISTS readings (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              entry INTEGER NOT NULL,
              document TEXT NOT NULL,
              reader TEXT NOT NULL,
              why TEXT,
              at TEXT NOT NULL
            ) STRICT;
            CREATE INDEX IF NOT EXISTS readings_entry ON readings (entry, number);
            """
        );
    }

    /// <summary>Keeps the signature of a published root.</summary>
    public void Keep(AnsweredRoot root)
    {
        lock (_one)
        {
            using var command = Command(
                "INSERT OR IGNORE INTO roots VALUES ($size, $note, $signature)",
                ("$size", root.Size),
                ("$note", root.Note),
                ("$signature", root.Signature.ToArray())
            );
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The smallest kept root of a tree that has the entry; null: none was kept.</summary>
    public AnsweredRoot? FirstRootWith(long index)
    {
        lock (_one)
        {
            using var command = Command(
                "SELECT size, note, signature FROM roots WHERE size > $index ORDER BY size LIMIT 1",
                ("$index", index)
            );
            using var reader = command.ExecuteReader();
            return reader.Read()
                ? new(reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2))
                : null;
        }
    }

    /// <summary>
    /// Keeps a refusal and lets the oldest of the party go when there are too many.
    /// </summary>
    public void Keep(
        string party,
        Digest statement,
        string act,
        string code,
        string tick,
        ReadOnlyMemory<byte> signed
    )
    {
        lock (_one)
        {
            using var insert = Command(
                """
                INSERT INTO refusals (party, statement, act, code, tick, signed)
                VALUES ($party, $statement, $act, $code, $tick, $signed);
                DELETE FROM refusals WHERE party = $party AND number <= (
                  SELECT number FROM refusals WHERE party = $party
                  ORDER BY number DESC LIMIT 1 OFFSET $keep);
                """,
                ("$party", party),
                ("$statement", statement.ToHex()),
                ("$act", act),
                ("$code", code),
                ("$tick", tick),
                ("$signed", signed.ToArray()),
                ("$keep", _perParty)
            );
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>The refusals of a party, newest first.</summary>
    /// <param name="party">The party.</param>
    /// <param name="before">Only those with a lower number; null: from the newest.</param>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<KeptRefusal> RefusalsOf(string party, long? before, int count)
    {
        lock (_one)
        {
            using var command = Command(
                """
                SELECT number, party, statement, act, code, tick, signed FROM refusals
                WHERE party = $party AND number < $before ORDER BY number DESC LIMIT $count
                """,
                ("$party", party),
                ("$before", before ?? long.MaxValue),
                ("$count", count)
            );
            using var reader = command.ExecuteReader();
            var refusals = new List<KeptRefusal>();
            while (reader.Read())
            {
                refusals.Add(
                    new(
                        reader.GetInt64(0),
                        reader.GetString(1),
                        reader.GetString(2),
                        reader.GetString(3),
                        reader.GetString(4),
                        reader.GetString(5),
                        reader.GetFieldValue<byte[]>(6)
                    )
                );
            }

            return refusals;
        }
    }

    /// <summary>
    /// Records that somebody read what is not public. This commit waits for the disk: what was read
    /// cannot be unread, so the record of it must outlast a loss of power.
    /// </summary>
    public void Keep(long entry, Reading reading)
    {
        lock (_one)
        {
            Execute("PRAGMA synchronous=FULL");
            try
            {
                Insert(entry, reading);
            }
            finally
            {
                Execute("PRAGMA synchronous=NORMAL");
            }
        }
    }

    private void Insert(long entry, Reading reading)
    {
        using var command = Command(
            """
            INSERT INTO readings (entry, document, reader, why, at)
            VALUES ($entry, $document, $reader, $why, $at)
            """,
            ("$entry", entry),
            ("$document", reading.Document),
            ("$reader", reading.Reader),
            ("$why", reading.Why ?? (object)DBNull.Value),
            ("$at", reading.At)
        );
        command.ExecuteNonQuery();
    }

    /// <summary>Who read what hangs on an entry, newest first.</summary>
    /// <param name="entry">The log index.</param>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<Reading> ReadingsOf(long entry, int count)
    {
        lock (_one)
        {
            using var command = Command(
                """
                SELECT document, reader, why, at FROM readings
                WHERE entry = $entry ORDER BY number DESC LIMIT $count
                """,
                ("$entry", entry),
                ("$count", count)
            );
            using var reader = command.ExecuteReader();
            var readings = new List<Reading>();
            while (reader.Read())
            {
                readings.Add(
                    new(
                        reader.GetString(0),
                        reader.GetString(1),
                        reader.IsDBNull(2) ? null : reader.GetString(2),
                        reader.GetString(3)
                    )
                );
            }

            return readings;
        }
    }

    /// <summary>
    /// Folds the write-ahead log in and seals the file, so that <c>fsck</c> notices any byte.
    /// </summary>
    public void Dispose()
    {
        lock (_one)
        {
            using (var command = Command("PRAGMA wal_checkpoint(TRUNCATE)"))
            {
                command.ExecuteNonQuery();
            }

            _connection.Dispose();
            DatabaseSeal.Write(_path);
        }
    }

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(
        string sql,
        params ReadOnlySpan<(string Name, object Value)> parameters
    )
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
