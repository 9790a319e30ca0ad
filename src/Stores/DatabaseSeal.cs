using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Concord.Stores;

/// <summary>
/// The digests of a database file that was closed cleanly, in <c>NAME.seal</c> beside it: a byte
/// that
/// changes afterwards is noticed wherever it lies, in unused space of a page too. The seal is for
/// chance, not for attackers: whoever can change the file can change its seal; entries are held by
/// the signed root.
/// </summary>
/// <remarks>
/// The file: the eight bytes <c>CncdSeal</c>, the length of the database as a big-endian 64-bit
/// number, SHA-256 of each piece of 65,536 bytes (the last may be shorter), and SHA-256 of all
/// that.
/// An empty file is a broken seal: the database was open and may have been written.
/// </remarks>
public static class DatabaseSeal
{
    /// <summary>The bytes of the database that one digest covers.</summary>
    public const int PieceSize = 1 << 16;

    private const int HeaderSize = 16;

    private static ReadOnlySpan<byte> Magic => "CncdSeal"u8;

    /// <summary>Where the seal of a database is.</summary>
    public static string PathOf(string database) => database + ".seal";

    /// <summary>Seals a database file that nobody writes.</summary>
    /// <param name="database">The database file.</param>
    public static void Write(string database)
    {
        using var file = File.OpenHandle(database, options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(file);
        var pieces = (int)((length + PieceSize - 1) / PieceSize);
        var seal = new byte[HeaderSize + ((pieces + 1) * SHA256.HashSizeInBytes)];
        Magic.CopyTo(seal);
        BinaryPrimitives.WriteInt64BigEndian(seal.AsSpan(8), length);
        var piece = new byte[PieceSize];
        for (var i = 0; i < pieces; i++)
        {
            SHA256.HashData(piece.AsSpan(0, Fill(file, i, piece)), PlaceOf(seal, i));
        }

        SHA256.HashData(seal.AsSpan(0, seal.Length - 32), PlaceOf(seal, pieces));
        var unfinished = PathOf(database) + ".unfinished";
        File.WriteAllBytes(unfinished, seal);
        File.Move(unfinished, PathOf(database), overwrite: true);
    }

    /// <summary>Breaks the seal, durably, because the database is about to be written.</summary>
    public static void Break(string database)
    {
        // Emptied and flushed, not deleted: a deletion may come undone by a loss of power.
        using var seal = new FileStream(PathOf(database), FileMode.OpenOrCreate, FileAccess.Write);
        seal.SetLength(0);
        seal.Flush(flushToDisk: true);
    }

    /// <summary>Compares a database file with its seal.</summary>
    public static SealVerdict Check(string database)
    {
        var path = PathOf(database);
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return new(IsSealed: false, Damage: []);
        }

        var seal = File.ReadAllBytes(path);
        if (
            seal.Length < HeaderSize + SHA256.HashSizeInBytes
            || (seal.Length - HeaderSize) % SHA256.HashSizeInBytes != 0
            || !seal.AsSpan(0, 8).SequenceEqual(Magic)
            || !SHA256
                .HashData(seal.AsSpan(0, seal.Length - 32))
                .AsSpan()
                .SequenceEqual(seal.AsSpan(seal.Length - 32))
        )
        {
            return new(IsSealed: true, [$"{Path.GetFileName(path)}: the seal itself is damaged"]);
        }

        return new(IsSealed: true, DamageOf(database, seal));
    }

    private static List<string> DamageOf(string database, byte[] seal)
    {
        var name = Path.GetFileName(database);
        var damage = new List<string>();
        if (!File.Exists(database))
        {
            return [$"{name}: missing"];
        }

        using var file = File.OpenHandle(database, options: FileOptions.SequentialScan);
        var length = BinaryPrimitives.ReadInt64BigEndian(seal.AsSpan(8));
        if (RandomAccess.GetLength(file) != length)
        {
            damage.Add(
                $"{name}: {RandomAccess.GetLength(file)} bytes, {length} when it was closed"
            );
        }

        var piece = new byte[PieceSize];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < (seal.Length - HeaderSize) / SHA256.HashSizeInBytes - 1; i++)
        {
            SHA256.HashData(piece.AsSpan(0, Fill(file, i, piece)), digest);
            if (!digest.SequenceEqual(PlaceOf(seal, i)))
            {
                var start = (long)i * PieceSize;
                damage.Add($"{name} bytes {start} to {Math.Min(length, start + PieceSize) - 1}");
            }
        }

        return damage;
    }

    private static Span<byte> PlaceOf(byte[] seal, int piece) =>
        seal.AsSpan(HeaderSize + (piece * SHA256.HashSizeInBytes), SHA256.HashSizeInBytes);

    private static int Fill(
        Microsoft.Win32.SafeHandles.SafeFileHandle file,
        int index,
        byte[] piece
    )
    {
        var filled = 0;
        while (filled < piece.Length)
        {
            var offset = ((long)index * PieceSize) + filled;
            var read = RandomAccess.Read(file, piece.AsSpan(filled), offset);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }
}
