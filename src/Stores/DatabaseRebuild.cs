using Concord.Acts;
using Concord.Ledger;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Builds a log database anew from what is right in the old one and in the entry bundles. The new
/// file takes the old one's place only if its entries give the root that the log signed.
/// </summary>
internal static class DatabaseRebuild
{
    private const string Aside = ".damaged";

    /// <summary>
    /// Rebuilds; false where entries are lost, and the old file then stays where it is.
    /// </summary>
    public static bool Run(
        string database,
        ITileStore tiles,
        LogKeys log,
        Func<ReadOnlyMemory<byte>, IEnumerable<Digest>>? contentsOf,
        Func<Digest, ReadOnlyMemory<byte>?>? elsewhere
    )
    {
        var made = database + ".rebuilt";
        DeleteDatabase(made);
        LogSchema.Create(made);
        bool isWhole;
        var erased = new HashSet<Digest>();
        using (var old = OldDatabase.Open(database))
        using (var connection = Open(made))
        {
            LogSchema.Execute(connection, "BEGIN IMMEDIATE");
            var needed = new HashSet<Digest>();
            isWhole = CopyLog(
                connection,
                old,
                tiles,
                log,
                entry =>
                {
                    needed.UnionWith(contentsOf?.Invoke(entry) ?? []);
                    if (EntryContents.ErasedBy(entry) is { } digest)
                    {
                        erased.Add(digest);
                    }
                }
            );
            needed.ExceptWith(erased);
            CopyContents(connection, old, contentsOf is null ? null : needed, erased, elsewhere);
            LogSchema.Execute(connection, "COMMIT");
            LogSchema.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        if (!isWhole)
        {
            DeleteDatabase(made);
            return false;
        }

        if (erased.Count > 0)
        {
            // A damaged file may still hold what was erased, so it is not kept.
            DeleteDatabase(database);
        }

        var aside = database + Aside;
        DeleteDatabase(aside);
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(database + suffix))
            {
                File.Move(database + suffix, aside + suffix);
            }
        }

        File.Move(made, database);
        DatabaseSeal.Break(database);
        return true;
    }

    /// <summary>Deletes the database that was put aside as damaged.</summary>
    public static void DeleteAside(string database) => DeleteDatabase(database + Aside);

    private static SqliteConnection Open(string path)
    {
        var where = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        var connection = new SqliteConnection(where.ToString());
        connection.Open();
        LogSchema.Execute(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    private static bool CopyLog(
        SqliteConnection connection,
        OldDatabase old,
        ITileStore tiles,
        LogKeys log,
        Action<byte[]> copied
    )
    {
        var head = NewestHead(old, tiles, log);
        if (head is null)
        {
            return true;
        }

        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO entries (idx, bytes) VALUES ($index, $bytes)";
        var index = insert.Parameters.Add("$index", SqliteType.Integer);
        var bytes = insert.Parameters.Add("$bytes", SqliteType.Blob);
        var tree = new MerkleTree();
        for (long start = 0; start < head.Size; start += TilePath.FullWidth)
        {
            var width = (int)Math.Min(TilePath.FullWidth, head.Size - start);
            var bundle = ReadBundle(tiles, start / TilePath.FullWidth, width);
            var leaves = ReadTile(tiles, start / TilePath.FullWidth, width);
            for (var i = 0; i < width; i++)
            {
                var entry = Choose(old.ReadEntry(start + i), bundle?[i], leaves?[i]);
                if (entry is null)
                {
                    return false;
                }

                tree.Append(MerkleTree.LeafHash(entry));
                index.Value = start + i;
                bytes.Value = entry;
                insert.ExecuteNonQuery();
                copied(entry);
            }
        }

        using var update = connection.CreateCommand();
        update.CommandText =
            "UPDATE head SET generation = $generation, size = $size, root = $root, note = $note";
        update.Parameters.AddWithValue("$generation", old.ReadGeneration() + 1);
        update.Parameters.AddWithValue("$size", head.Size);
        update.Parameters.AddWithValue("$root", head.Root.ToArray());
        update.Parameters.AddWithValue("$note", head.Note);
        update.ExecuteNonQuery();
        return tree.Root(head.Size) == head.Root;
    }

    /// <summary>
    /// The entry that two of store, bundle and tile agree on, or the only one there is.
    /// </summary>
    private static byte[]? Choose(byte[]? stored, byte[]? bundled, Digest? leaf)
    {
        if (stored is null || bundled is null || stored.AsSpan().SequenceEqual(bundled))
        {
            return stored ?? bundled;
        }

        return leaf is null || MerkleTree.LeafHash(bundled) != leaf ? stored : bundled;
    }

    private static byte[][]? ReadBundle(ITileStore tiles, long index, int width)
    {
        for (var w = TilePath.FullWidth; w >= width; w--)
        {
            var path = new TilePath(TilePath.Entries, index, w);
            if (
                (w == width || w == TilePath.FullWidth)
                && tiles.Read(path.ToString()) is { } bytes
                && EntryBundle.TryParse(bytes, w, out var entries, out _)
            )
            {
                return [.. entries.Take(width).Select(entry => entry.ToArray())];
            }
        }

        return null;
    }

    private static Digest?[]? ReadTile(ITileStore tiles, long index, int width)
    {
        var bytes =
            tiles.Read(new TilePath(0, index, TilePath.FullWidth).ToString())
            ?? tiles.Read(new TilePath(0, index, width).ToString());
        return bytes is null || bytes.Length < width * Digest.Size
            ? null
            : [.. Enumerable.Range(0, width).Select(i => (Digest?)Tile.HashAt(bytes, i))];
    }

    private static LogHead? NewestHead(OldDatabase old, ITileStore tiles, LogKeys log)
    {
        var published = tiles.Read(ITileStore.CheckpointPath) is { } bytes
            ? System.Text.Encoding.UTF8.GetString(bytes)
            : null;
        LogHead? newest = null;
        foreach (var note in (ReadOnlySpan<string?>)[published, old.ReadNote()])
        {
            if (
                Checkpoint.TryOpen(note, log, out var checkpoint, out _)
                && checkpoint.Size > (newest?.Size ?? 0)
                && note is not null
            )
            {
                newest = new(checkpoint.Size, checkpoint.Root, note);
            }
        }

        return newest;
    }

    private static void CopyContents(
        SqliteConnection connection,
        OldDatabase old,
        HashSet<Digest>? needed,
        HashSet<Digest> erased,
        Func<Digest, ReadOnlyMemory<byte>?>? elsewhere
    )
    {
        using var insert = connection.CreateCommand();
        insert.CommandText =
            "INSERT INTO contents (digest, bytes) VALUES ($digest, $bytes) ON CONFLICT DO NOTHING";
        var digest = insert.Parameters.Add("$digest", SqliteType.Blob);
        var bytes = insert.Parameters.Add("$bytes", SqliteType.Blob);
        foreach (var (stored, content) in old.ReadContents())
        {
            // Bytes are kept where an entry names them, or, where nobody can say what entries name,
            // where they are what they are found by.
            var actual = Digest.Of(content);
            if (needed?.Remove(actual) ?? IsKept(actual, stored))
            {
                Insert(actual, content);
            }
        }

        foreach (var missing in needed?.Order() ?? Enumerable.Empty<Digest>())
        {
            if (elsewhere?.Invoke(missing) is { } found && Digest.Of(found.Span) == missing)
            {
                Insert(missing, found.ToArray());
            }
        }

        bool IsKept(Digest actual, byte[] stored) =>
            !erased.Contains(actual) && actual.ToArray().AsSpan().SequenceEqual(stored);

        void Insert(Digest key, byte[] content)
        {
            digest.Value = key.ToArray();
            bytes.Value = content;
            insert.ExecuteNonQuery();
        }
    }

    private static void DeleteDatabase(string path)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            File.Delete(path + suffix);
        }
    }
}
