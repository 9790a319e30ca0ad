using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Where parties are told of what concerns them, what they are told, and what has not arrived yet.
/// Addresses are personal data: they stand here and nowhere in the log. Losing the file loses no
/// act; parties then say again where they are told. Safe for use by several threads.
/// </summary>
public sealed partial class NoticeStore : IDisposable
{
    private const int NoticesOfParty = 500;

    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();

    /// <summary>Opens the file, whose owner alone should have rights to it.</summary>
    public NoticeStore(string path)
    {
        _connection = new(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        _connection.Open();
        Do(
            """
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=FULL;
            PRAGMA secure_delete=ON;
            CREATE TABLE IF NOT EXISTS place (
              one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE IF NOT EXISTS channels (
              id TEXT PRIMARY KEY, party TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
              secret TEXT NOT NULL, token TEXT NOT NULL UNIQUE, code BLOB, tries INTEGER NOT NULL,
              added TEXT NOT NULL, told INTEGER NOT NULL, failing TEXT, problem TEXT,
              UNIQUE (party, target)
            ) STRICT;
            CREATE TABLE IF NOT EXISTS notices (
              number INTEGER PRIMARY KEY AUTOINCREMENT, party TEXT NOT NULL, key TEXT NOT NULL,
              kind TEXT NOT NULL, at TEXT NOT NULL, says TEXT NOT NULL, href TEXT NOT NULL,
              UNIQUE (party, key)
            ) STRICT;
            CREATE INDEX IF NOT EXISTS notices_of ON notices (party, number);
            CREATE TABLE IF NOT EXISTS messages (
              id TEXT PRIMARY KEY, channel TEXT NOT NULL UNIQUE
                REFERENCES channels (id) ON DELETE CASCADE,
              at TEXT NOT NULL, body TEXT NOT NULL, attempts INTEGER NOT NULL, next TEXT NOT NULL
            ) STRICT;
            CREATE TABLE IF NOT EXISTS deadlines (
              party TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, says TEXT NOT NULL,
              href TEXT NOT NULL, told INTEGER NOT NULL, PRIMARY KEY (party, key)
            ) STRICT;
            """
        );
        // What a file of an older build lacks; such channels are told in English.
        AddColumn("channels", "language", "'en'");
        AddColumn("notices", "others", "''");
        AddColumn("deadlines", "others", "''");
    }

    /// <summary>The size of the log up to which notices were made; null: none yet.</summary>
    public long? Place
    {
        get
        {
            lock (_one)
            {
                using var command = _connection.Command("SELECT size FROM place");
                return (long?)command.ExecuteScalar();
            }
        }
    }

    /// <summary>The deadlines that are known.</summary>
    public IReadOnlyList<KeptDeadline> Deadlines() =>
        Rows(
            "SELECT party, key, at, says, href, others, told FROM deadlines",
            row => new KeptDeadline(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                row.GetInt32(6)
            )
        );

    /// <summary>
    /// Keeps notices, and up to where the log was read for them: both, or neither.
    /// </summary>
    public void Keep(long place, IReadOnlyCollection<KeptNotice> notices) =>
        Together(() =>
        {
            Do(
                "INSERT INTO place VALUES (1, $size) ON CONFLICT DO UPDATE SET size = $size",
                ("$size", place)
            );
            Add(notices);
        });

    /// <summary>Keeps what deadlines there are now, with the notices of their coming.</summary>
    public void Keep(
        IEnumerable<KeptDeadline> now,
        IEnumerable<KeptDeadline> gone,
        IReadOnlyCollection<KeptNotice> notices
    ) =>
        Together(() =>
        {
            foreach (var one in now)
            {
                Do(
                    """
                    INSERT INTO deadlines (party, key, at, says, href, others, told)
                    VALUES ($party, $key, $at, $says, $href, $others, $told)
                    ON CONFLICT DO UPDATE
                    SET at = $at, says = $says, others = $others, told = $told
                    """,
                    ("$party", one.Party),
                    ("$key", one.Key),
                    ("$at", one.At),
                    ("$says", one.Says),
                    ("$href", one.Href),
                    ("$others", one.Others),
                    ("$told", one.Told)
                );
            }

            foreach (var one in gone)
            {
                Do(
                    "DELETE FROM deadlines WHERE party = $party AND key = $key",
                    ("$party", one.Party),
                    ("$key", one.Key)
                );
            }

            Add(notices);
        });

    /// <summary>The last notices of a party, newest first.</summary>
    public IReadOnlyList<KeptNotice> Notices(string party, int most) =>
        NoticeRows(
            "WHERE party = $party ORDER BY number DESC LIMIT $most",
            ("$party", party),
            ("$most", most)
        );

    /// <summary>The notices of a party after a number, oldest first.</summary>
    public IReadOnlyList<KeptNotice> NoticesAfter(string party, long number, int most) =>
        NoticeRows(
            "WHERE party = $party AND number > $number ORDER BY number LIMIT $most",
            ("$party", party),
            ("$number", number),
            ("$most", most)
        );

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void AddColumn(string table, string column, string otherwise)
    {
        using var look = _connection.Command(
            "SELECT COUNT(*) FROM pragma_table_info($table) WHERE name = $column",
            ("$table", table),
            ("$column", column)
        );
        if ((long)look.ExecuteScalar()! == 0)
        {
            Do($"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT {otherwise}");
        }
    }

    // What every channel of its party has in a message goes when there are many.
    private void Add(IReadOnlyCollection<KeptNotice> notices)
    {
        foreach (var one in notices)
        {
            Do(
                """
                INSERT OR IGNORE INTO notices (party, key, kind, at, says, href, others)
                VALUES ($party, $key, $kind, $at, $says, $href, $others)
                """,
                ("$party", one.Party),
                ("$key", one.Key),
                ("$kind", one.Kind),
                ("$at", one.At),
                ("$says", one.Says),
                ("$href", one.Href),
                ("$others", one.Others)
            );
        }

        foreach (var party in notices.Select(one => one.Party).Distinct(StringComparer.Ordinal))
        {
            Do(
                """
                DELETE FROM notices WHERE party = $party
                  AND number <= (SELECT number FROM notices WHERE party = $party
                    ORDER BY number DESC LIMIT 1 OFFSET $most)
                  AND number <= (SELECT COALESCE(MIN(told), 9223372036854775807) FROM channels
                    WHERE party = $party AND code IS NULL)
                """,
                ("$party", party),
                ("$most", NoticesOfParty)
            );
        }
    }

    private IReadOnlyList<KeptNotice> NoticeRows(
        string where,
        params ReadOnlySpan<(string Name, object Value)> parameters
    ) =>
        Rows(
            $"SELECT number, party, key, kind, at, says, href, others FROM notices {where}",
            row => new KeptNotice(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                row.GetString(6),
                row.GetString(7)
            ),
            parameters
        );

    private List<T> Rows<T>(
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object Value)> parameters
    )
    {
        lock (_one)
        {
            using var command = _connection.Command(sql, parameters);
            using var reader = command.ExecuteReader();
            var found = new List<T>();
            while (reader.Read())
            {
                found.Add(read(reader));
            }

            return found;
        }
    }

    private void Together(Action work)
    {
        lock (_one)
        {
            Do("BEGIN IMMEDIATE");
            try
            {
                work();
                Do("COMMIT");
            }
            catch
            {
                Do("ROLLBACK");
                throw;
            }
        }
    }

    private int Do(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = _connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }
}
