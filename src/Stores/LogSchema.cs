using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>The tables of a log database, and how to tell that a file has them.</summary>
internal static class LogSchema
{
    /// <summary>The version that this release writes, in <c>user_version</c>.</summary>
    public const int Version = 1;

    /// <summary>"Cncd", in <c>application_id</c>.</summary>
    public const int ApplicationId = 0x436E6364;

    /// <summary>The statements that make the tables, as SQLite keeps them.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        "CREATE TABLE entries (idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
        "CREATE TABLE contents (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, "
            + "bytes BLOB NOT NULL) STRICT",
        "CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL, "
            + "size INTEGER NOT NULL, root BLOB, note TEXT) STRICT",
    ];

    /// <summary>Makes an empty log database.</summary>
    public static void Create(string path)
    {
        var where = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        using var connection = new SqliteConnection(where.ToString());
        connection.Open();
        Execute(connection, "PRAGMA page_size = 8192");
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "BEGIN IMMEDIATE");
        Execute(connection, $"PRAGMA application_id = {ApplicationId}");
        Execute(connection, $"PRAGMA user_version = {Version}");
        foreach (var table in Tables)
        {
            Execute(connection, table);
        }

        Execute(connection, "INSERT INTO head (id, generation, size) VALUES (1, 0, 0)");
        Execute(connection, "COMMIT");
    }

    /// <summary>Why a database is not one of ours; null where it is.</summary>
    public static string? FaultOf(SqliteCommand command)
    {
        var application = Number(command, "PRAGMA application_id");
        if (application != ApplicationId)
        {
            return $"the file is not a log of Concord (application_id {application:x8}).";
        }

        var version = Number(command, "PRAGMA user_version");
        return version == Version
            ? null
            : $"the log has schema version {version}, this release reads {Version}; use the "
                + "release that wrote it.";
    }

    /// <summary>Runs a statement that is a constant of this project.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteCommand command, string sql)
    {
#pragma warning disable CA2100 // Constants only.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(command.ExecuteScalar() ?? 0L);
    }
}
