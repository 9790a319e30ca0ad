using System.Globalization;
using Concord.Ledger;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// The leaf of each reading and refusal with the day to which it belongs. It outlasts the item
/// itself, which may go when a party has too many, so that the day's root can always be computed.
/// Used by the <see cref="AnswerStore"/> alone, one thread at a time.
/// </summary>
internal sealed class AnswerLeaves
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<RecordKind, DateOnly> _open = [];

    public AnswerLeaves(SqliteConnection connection)
    {
        _connection = connection;
        using (
            var create = _connection.Command(
                """
                CREATE TABLE IF NOT EXISTS leaves (
                  kind INTEGER NOT NULL,
                  number INTEGER NOT NULL,
                  day TEXT NOT NULL,
                  hash BLOB NOT NULL,
                  PRIMARY KEY (kind, number)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS closed_days (
                  kind INTEGER NOT NULL,
                  day TEXT NOT NULL,
                  PRIMARY KEY (kind, day)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS leaf_starts (
                  kind INTEGER PRIMARY KEY,
                  number INTEGER NOT NULL
                ) STRICT;
                INSERT OR IGNORE INTO leaf_starts
                  SELECT 0, coalesce(min(number), 1) FROM readings;
                INSERT OR IGNORE INTO leaf_starts
                  SELECT 1, coalesce(min(number), 1) FROM refusals;
                """
            )
        )
        {
            create.ExecuteNonQuery();
        }

        foreach (var kind in Enum.GetValues<RecordKind>())
        {
            var last = Newest("SELECT max(day) FROM leaves WHERE kind = $kind", kind);
            var closed = Newest("SELECT max(day) FROM closed_days WHERE kind = $kind", kind);
            var after = closed?.AddDays(1) ?? DateOnly.MinValue;
            _open[kind] = last is { } day && day > after ? day : after;
        }
    }

    /// <summary>Keeps the leaf of an item that was just kept.</summary>
    /// <param name="kind">What the item is.</param>
    /// <param name="number">Its number.</param>
    /// <param name="day">The day of the last tick; where that one is closed, the item belongs to
    /// the next.</param>
    /// <param name="leaf">The bytes of its leaf.</param>
    public void Keep(RecordKind kind, long number, DateOnly day, ReadOnlySpan<byte> leaf)
    {
        var open = _open[kind] = day > _open[kind] ? day : _open[kind];
        using var command = _connection.Command(
            "INSERT INTO leaves VALUES ($kind, $number, $day, $hash)",
            ("$kind", (int)kind),
            ("$number", number),
            ("$day", Text(open)),
            ("$hash", MerkleTree.LeafHash(leaf).ToArray())
        );
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Closes a day: what is kept from now on belongs to a later one. The commit waits for the disk
    /// and takes with it all that was kept before.
    /// </summary>
    public void Close(RecordKind kind, DateOnly day)
    {
        using (
            var command = _connection.Command(
                """
                PRAGMA synchronous=FULL;
                INSERT OR IGNORE INTO closed_days VALUES ($kind, $day);
                PRAGMA synchronous=NORMAL;
                """,
                ("$kind", (int)kind),
                ("$day", Text(day))
            )
        )
        {
            command.ExecuteNonQuery();
        }

        _open[kind] = day >= _open[kind] ? day.AddDays(1) : _open[kind];
    }

    /// <summary>The leaves of a day.</summary>
    public DayLeaves Of(RecordKind kind, DateOnly day)
    {
        var (numbers, hashes) = (new List<long>(), new List<Digest>());
        using var command = _connection.Command(
            """
            SELECT number, hash FROM leaves WHERE kind = $kind AND day = $day ORDER BY number
            """,
            ("$kind", (int)kind),
            ("$day", Text(day))
        );
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            numbers.Add(reader.GetInt64(0));
            hashes.Add(new(reader.GetFieldValue<byte[]>(1)));
        }

        return new(numbers, hashes, Missing(kind, day, numbers));
    }

    /// <summary>The day to which an item belongs; null: it has no leaf.</summary>
    public DateOnly? DayOf(RecordKind kind, long number)
    {
        using var command = _connection.Command(
            "SELECT day FROM leaves WHERE kind = $kind AND number = $number",
            ("$kind", (int)kind),
            ("$number", number)
        );
        return command.ExecuteScalar() is string day ? Read(day) : null;
    }

    // Numbers are given in order and never twice, and days follow each other: a gap is a loss.
    private long Missing(RecordKind kind, DateOnly day, List<long> numbers)
    {
        using var command = _connection.Command(
            """
            SELECT
              coalesce(
                (SELECT max(number) + 1 FROM leaves WHERE kind = $kind AND day < $day),
                (SELECT number FROM leaf_starts WHERE kind = $kind)),
              coalesce(
                (SELECT min(number) FROM leaves WHERE kind = $kind AND day > $day),
                (SELECT seq + 1 FROM sqlite_sequence WHERE name = $table),
                1)
            """,
            ("$kind", (int)kind),
            ("$day", Text(day)),
            ("$table", kind == RecordKind.Readings ? "readings" : "refusals")
        );
        using var reader = command.ExecuteReader();
        reader.Read();
        var (first, next) = (reader.GetInt64(0), reader.GetInt64(1));
        return Math.Max(0, next - first - numbers.Count);
    }

    private DateOnly? Newest(string sql, RecordKind kind)
    {
        using var command = _connection.Command(sql, ("$kind", (int)kind));
        return command.ExecuteScalar() is string day ? Read(day) : null;
    }

    private static DateOnly Read(string day) =>
        DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
