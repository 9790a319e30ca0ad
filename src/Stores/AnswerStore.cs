using System.Security.Cryptography;
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
    /// <summary>How many refusals an authority keeps for one party.</summary>
    public const int RefusalsPerParty = 1_000;

    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();
    private bool _isAbandoned;
    private readonly int _perParty;
    private readonly string _path;
    private readonly AnswerLeaves _leaves;

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
        _leaves = AnswerSchema.Create(_connection);
    }

    /// <summary>Keeps the signature of a published root.</summary>
    public void Keep(AnsweredRoot root)
    {
        lock (_one)
        {
            using var command = _connection.Command(
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
            using var command = _connection.Command(
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
    /// Keeps a refusal and lets the oldest of the party go when there are too many; their leaves
    /// stay.
    /// </summary>
    /// <param name="refusal">The refusal; its number is given here.</param>
    /// <param name="day">The day of the last tick.</param>
    public void Keep(KeptRefusal refusal, DateOnly day)
    {
        lock (_one)
        {
            using var transaction = _connection.BeginTransaction();
            using var insert = _connection.Command(
                """
                INSERT INTO refusals (party, statement, act, code, tick, signed)
                VALUES ($party, $statement, $act, $code, $tick, $signed)
                RETURNING number
                """,
                ("$party", refusal.Party),
                ("$statement", refusal.StatementId),
                ("$act", refusal.Act),
                ("$code", refusal.Code),
                ("$tick", refusal.Tick),
                ("$signed", refusal.Signed.ToArray())
            );
            var number = (long)insert.ExecuteScalar()!;
            _leaves.Keep(RecordKind.Refusals, number, day, refusal.Signed.Span);
            using var trim = _connection.Command(
                """
                DELETE FROM refusals WHERE party = $party AND number <= (
                  SELECT number FROM refusals WHERE party = $party
                  ORDER BY number DESC LIMIT 1 OFFSET $keep)
                """,
                ("$party", refusal.Party),
                ("$keep", _perParty)
            );
            trim.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    /// <summary>How many refusals are kept for each rule, most first.</summary>
    public IReadOnlyList<(string Code, long Count)> RefusalsByCode()
    {
        lock (_one)
        {
            using var command = _connection.Command(
                "SELECT code, COUNT(*) FROM refusals GROUP BY code ORDER BY 2 DESC, 1"
            );
            using var reader = command.ExecuteReader();
            var counts = new List<(string, long)>();
            while (reader.Read())
            {
                counts.Add((reader.GetString(0), reader.GetInt64(1)));
            }

            return counts;
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
            using var command = _connection.Command(
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

            return
            [
                .. refusals.Select(one =>
                    one with
                    {
                        Day = _leaves.DayOf(RecordKind.Refusals, one.Number),
                    }
                ),
            ];
        }
    }

    /// <summary>
    /// Records that somebody read what is not public. This commit waits for the disk: what was read
    /// cannot be unread, so the record of it must outlast a loss of power.
    /// </summary>
    /// <param name="entry">The log index of the act.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="day">The day of the last tick.</param>
    public void Keep(long entry, Reading reading, DateOnly day)
    {
        lock (_one)
        {
            Execute("PRAGMA synchronous=FULL");
            try
            {
                Insert(entry, reading, day);
            }
            finally
            {
                Execute("PRAGMA synchronous=NORMAL");
            }
        }
    }

    private void Insert(long entry, Reading reading, DateOnly day)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        using var transaction = _connection.BeginTransaction();
        using var command = _connection.Command(
            """
            INSERT INTO readings (entry, document, reader, why, at, salt)
            VALUES ($entry, $document, $reader, $why, $at, $salt)
            RETURNING number
            """,
            ("$entry", entry),
            ("$document", reading.Document),
            ("$reader", reading.Reader),
            ("$why", reading.Why ?? (object)DBNull.Value),
            ("$at", reading.At),
            ("$salt", salt)
        );
        var number = (long)command.ExecuteScalar()!;
        var kept = new KeptReading(number, entry, reading, salt);
        _leaves.Keep(RecordKind.Readings, number, day, kept.Leaf());
        transaction.Commit();
    }

    /// <summary>Who read what hangs on an entry, newest first.</summary>
    /// <param name="entry">The log index.</param>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<KeptReading> ReadingsOf(long entry, int count)
    {
        lock (_one)
        {
            var readings = new List<KeptReading>();
            using (
                var command = _connection.Command(
                    """
                    SELECT document, reader, why, at, number, entry, salt FROM readings
                    WHERE entry = $entry ORDER BY number DESC LIMIT $count
                    """,
                    ("$entry", entry),
                    ("$count", count)
                )
            )
            {
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    readings.Add(AnswerSchema.ReadingOf(reader));
                }
            }

            return
            [
                .. readings.Select(one =>
                    one with
                    {
                        Day = _leaves.DayOf(RecordKind.Readings, one.Number),
                    }
                ),
            ];
        }
    }

    /// <summary>
    /// Closes a day: what is kept from now on belongs to a later one, and what was kept is on the
    /// disk.
    /// </summary>
    /// <returns>The leaves of the day.</returns>
    public DayLeaves Close(RecordKind kind, DateOnly day)
    {
        lock (_one)
        {
            _leaves.Close(kind, day);
            return _leaves.Of(kind, day);
        }
    }

    /// <summary>The leaves of a day.</summary>
    public DayLeaves LeavesOf(RecordKind kind, DateOnly day)
    {
        lock (_one)
        {
            return _leaves.Of(kind, day);
        }
    }

    /// <inheritdoc cref="SqliteLogStore.Abandon"/>
    public void Abandon()
    {
        lock (_one)
        {
            _isAbandoned = true;
        }
    }

    /// <summary>
    /// Folds the write-ahead log in and seals the file, so that <c>fsck</c> notices any byte.
    /// </summary>
    public void Dispose()
    {
        lock (_one)
        {
            using (var command = _connection.Command("PRAGMA wal_checkpoint(TRUNCATE)"))
            {
                command.ExecuteNonQuery();
            }

            _connection.Dispose();
            if (!_isAbandoned)
            {
                DatabaseSeal.Write(_path);
            }
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.Command(sql);
        command.ExecuteNonQuery();
    }
}
