using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Copies a database as it is at one moment, beside whoever writes it (SQLite's online backup). The
/// copy is one file, with no write-ahead log beside it.
/// </summary>
public static class DatabaseCopy
{
    /// <summary>Copies a database into a file that is not there yet.</summary>
    /// <exception cref="SqliteException">The database cannot be read, or the copy not be
    /// written.</exception>
    public static void Run(string database, string copy)
    {
        using var source = Open(database, SqliteOpenMode.ReadOnly);
        using var target = Open(copy, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(target);
        LogSchema.Execute(target, "PRAGMA journal_mode = DELETE");
        LogSchema.Execute(target, "PRAGMA synchronous = FULL");
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 30,
            }.ToString()
        );
        connection.Open();
        return connection;
    }
}
