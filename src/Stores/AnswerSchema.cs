using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>The tables of the <see cref="AnswerStore"/>.</summary>
internal static class AnswerSchema
{
    /// <summary>Makes what is not there, and brings an older file up to date.</summary>
    public static AnswerLeaves Create(SqliteConnection connection)
    {
        Execute(
            connection,
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
              at TEXT NOT NULL,
              salt BLOB NOT NULL DEFAULT x''
            ) STRICT;
            CREATE INDEX IF NOT EXISTS readings_entry ON readings (entry, number);
            """
        );
        using (var column = connection.CreateCommand())
        {
            column.CommandText = "SELECT 1 FROM pragma_table_info('readings') WHERE name = 'salt'";
            if (column.ExecuteScalar() is null)
            {
                Execute(
                    connection,
                    "ALTER TABLE readings ADD COLUMN salt BLOB NOT NULL DEFAULT x''"
                );
            }
        }

        Execute(connection, "UPDATE readings SET salt = randomblob(16) WHERE length(salt) = 0");
        var leaves = new AnswerLeaves(connection);
        AddMissing(connection, leaves);
        return leaves;
    }

    // What was kept before leaves were gets its own, on the day on which it was kept.
    private static void AddMissing(SqliteConnection connection, AnswerLeaves leaves)
    {
        var missing = new List<(RecordKind Kind, long Number, string At, byte[] Leaf)>();
        using (var refusals = connection.CreateCommand())
        {
            refusals.CommandText = """
                SELECT number, tick, signed FROM refusals
                WHERE number NOT IN (SELECT number FROM leaves WHERE kind = 1) ORDER BY number
                """;
            using var row = refusals.ExecuteReader();
            while (row.Read())
            {
                missing.Add(
                    (
                        RecordKind.Refusals,
                        row.GetInt64(0),
                        row.GetString(1),
                        row.GetFieldValue<byte[]>(2)
                    )
                );
            }
        }

        using (var readings = connection.CreateCommand())
        {
            readings.CommandText = """
                SELECT document, reader, why, at, number, entry, salt FROM readings
                WHERE number NOT IN (SELECT number FROM leaves WHERE kind = 0) ORDER BY number
                """;
            using var row = readings.ExecuteReader();
            while (row.Read())
            {
                var kept = ReadingOf(row);
                missing.Add((RecordKind.Readings, kept.Number, kept.Reading.At, kept.Leaf()));
            }
        }

        using var transaction = connection.BeginTransaction();
        foreach (var (kind, number, at, leaf) in missing)
        {
            leaves.Keep(
                kind,
                number,
                DateOnly.ParseExact(at[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                leaf
            );
        }

        transaction.Commit();
    }

    /// <summary>
    /// The reading of a row with the columns document, reader, why, at, number, entry, salt.
    /// </summary>
    public static KeptReading ReadingOf(SqliteDataReader row) =>
        new(
            row.GetInt64(4),
            row.GetInt64(5),
            new(
                row.GetString(0),
                row.GetString(1),
                row.IsDBNull(2) ? null : row.GetString(2),
                row.GetString(3)
            ),
            row.GetFieldValue<byte[]>(6)
        );

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
