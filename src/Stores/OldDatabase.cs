using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>Reads of a damaged database what can be read, row by row, and never fails.</summary>
internal sealed class OldDatabase : IDisposable
{
    private readonly SqliteConnection? _connection;

    private OldDatabase(SqliteConnection? connection) => _connection = connection;

    public static OldDatabase Open(string path)
    {
        if (!File.Exists(path))
        {
            return new(null);
        }

        var where = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        var connection = new SqliteConnection(where.ToString());
        try
        {
            connection.Open();
            return new(connection);
        }
        catch (SqliteException)
        {
            connection.Dispose();
            return new(null);
        }
    }

    public byte[]? ReadEntry(long index) =>
        Scalar("SELECT bytes FROM entries WHERE idx = $key", index) as byte[];

    public string? ReadNote() => Scalar("SELECT note FROM head WHERE id = $key", 1) as string;

    public long ReadGeneration() =>
        Scalar("SELECT generation FROM head WHERE id = $key", 1) as long? ?? 0;

    /// <summary>The contents that can be read, with the digests they are found by.</summary>
    public IEnumerable<(byte[] Digest, byte[] Bytes)> ReadContents()
    {
        var last = Scalar("SELECT max(id) + $key FROM contents", 0) as long? ?? 0;
        for (long id = 1; id <= last; id++)
        {
            if (Scalar("SELECT bytes FROM contents WHERE id = $key", id) is byte[] bytes)
            {
                var digest = Scalar("SELECT digest FROM contents WHERE id = $key", id);
                yield return (digest as byte[] ?? [], bytes);
            }
        }
    }

    public void Dispose() => _connection?.Dispose();

    private object? Scalar(string sql, long key)
    {
        if (_connection is null)
        {
            return null;
        }

        try
        {
            using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants only.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.Parameters.AddWithValue("$key", key);
            return command.ExecuteScalar();
        }
        catch (SqliteException)
        {
            return null;
        }
    }
}
