using System.Globalization;
using Concord.Acts;
using Concord.Ledger;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Checks what only the database knows of itself: its structure, its tables, rows beyond the head,
/// and that every content has the digest it is found by. All in one read transaction.
/// </summary>
internal sealed class DatabaseCheck
{
    private readonly string _name;
    private readonly SqliteConnection _connection;
    private readonly List<LogFinding> _findings = [];

    private DatabaseCheck(string name, SqliteConnection connection)
    {
        _name = name;
        _connection = connection;
    }

    /// <summary>The contents that were read.</summary>
    public long Contents { get; private set; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<LogFinding> Findings => _findings;

    /// <summary>Checks a database file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="contentsOf">
    /// Which contents an entry needs; null where nobody can say, and neither missing nor surplus
    /// contents are then noticed.
    /// </param>
    public static DatabaseCheck Run(
        string path,
        Func<ReadOnlyMemory<byte>, IEnumerable<Digest>>? contentsOf
    )
    {
        var where = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        using var connection = new SqliteConnection(where.ToString());
        var check = new DatabaseCheck(Path.GetFileName(path), connection);
        check.Try("", connection.Open);
        if (check.Findings.Count == 0)
        {
            LogSchema.Execute(connection, "BEGIN");
            check.Try("", check.CheckSchema);
            check.Try("", check.CheckStructure);
            check.Try(" entries", check.CheckRows);
            check.Try(" contents", () => check.CheckContents(contentsOf));
        }

        return check;
    }

    private void Try(string where, Action check)
    {
        try
        {
            check();
        }
        catch (Exception failure)
            when (failure is SqliteException or InvalidOperationException or InvalidCastException)
        {
            // A damaged page can make a row of anything.
            _findings.Add(new(_name + where, failure.Message));
        }
    }

    private void CheckSchema()
    {
        using var command = _connection.CreateCommand();
        if (LogSchema.FaultOf(command) is { } fault)
        {
            _findings.Add(new(_name + " header", fault));
        }

        command.CommandText = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid";
        using var reader = command.ExecuteReader();
        var there = new List<string>();
        while (reader.Read())
        {
            there.Add(reader.GetString(0));
        }

        if (!there.SequenceEqual(LogSchema.Tables, StringComparer.Ordinal))
        {
            _findings.Add(new(_name + " schema", "the tables are not those of this release"));
        }
    }

    private void CheckStructure()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(100)";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var line = reader.GetString(0);
            if (!string.Equals(line, "ok", StringComparison.Ordinal))
            {
                _findings.Add(new(_name + " structure", line.ReplaceLineEndings("; ")));
            }
        }
    }

    private void CheckRows()
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            "SELECT idx FROM entries WHERE idx < 0 OR idx >= (SELECT size FROM head) ORDER BY idx "
            + "LIMIT 100";
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                var row = reader.GetInt64(0).ToString(CultureInfo.InvariantCulture);
                _findings.Add(new($"entries row {row}", "surplus: the log has no such entry"));
            }
        }

        command.CommandText = "SELECT count(*) FROM head";
        if (command.ExecuteScalar() is not 1L)
        {
            _findings.Add(new("head row", "there must be exactly one"));
        }
    }

    private void CheckContents(Func<ReadOnlyMemory<byte>, IEnumerable<Digest>>? contentsOf)
    {
        var erased = new HashSet<Digest>();
        var needed = contentsOf is null ? null : NeededContents(contentsOf, erased);
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT id, digest, bytes FROM contents ORDER BY id";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            Contents++;
            var id = reader.GetInt64(0).ToString(CultureInfo.InvariantCulture);
            var digest = Digest.Of(reader.GetValue(2) as byte[]);
            if (!digest.ToArray().AsSpan().SequenceEqual(reader.GetValue(1) as byte[]))
            {
                _findings.Add(new($"contents row {id}", "its bytes have another digest"));
            }
            else if (needed is not null && !needed.Remove(digest))
            {
                _findings.Add(
                    new(
                        $"contents row {id}",
                        erased.Contains(digest)
                            ? $"{digest} was erased by an act, and is still here"
                            : $"surplus: no entry names {digest}"
                    )
                );
            }
        }

        foreach (var missing in needed ?? [])
        {
            _findings.Add(new($"contents {missing}", "missing, and an entry names it"));
        }
    }

    private HashSet<Digest> NeededContents(
        Func<ReadOnlyMemory<byte>, IEnumerable<Digest>> contentsOf,
        HashSet<Digest> erased
    )
    {
        var needed = new HashSet<Digest>();
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT bytes FROM entries ORDER BY idx";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var entry = reader.GetValue(0) as byte[];
            needed.UnionWith(contentsOf(entry));
            if (EntryContents.ErasedBy(entry) is { } digest)
            {
                erased.Add(digest);
            }
        }

        needed.ExceptWith(erased);
        return needed;
    }
}
