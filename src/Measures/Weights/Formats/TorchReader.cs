using System.Text;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// PyTorch's archive: storages as entries, and a pickle that says which tensors they are. Where the
/// pickle is not read, the storages are what is known.
/// </summary>
internal static class TorchReader
{
    private const string Pickle = "/data.pkl";

    /// <summary>Reads an archive.</summary>
    public static WeightsContents Read(ByteSource file)
    {
        var entries = ZipDirectory.Read(file);
        var pickles = entries.Where(entry => entry.Name.EndsWith(Pickle, Ordinal)).ToList();
        if (pickles is not [var pickle])
        {
            throw new WeightsFault(
                file.Name,
                "its directory",
                "an archive of PyTorch has one data.pkl in its folder, and this has"
                    + $" {pickles.Count}"
            );
        }

        var prefix = pickle.Name[..^(Pickle.Length - 1)];
        SeeThatItIsOneModel(file, entries, prefix);
        var kept = new Kept(file.Name);
        var storages = entries
            .Where(entry => IsStorage(entry.Name, prefix))
            .ToDictionary(
                entry => Key(entry.Name, prefix),
                entry => new TorchStorage(file, entry.Offset, entry.Length),
                StringComparer.Ordinal
            );
        var reader = new PickleReader(new(file, pickle.Offset, pickle.Offset + pickle.Length));
        object? root = null;
        try
        {
            root = reader.Read();
        }
        catch (WeightsFault opaque)
        {
            kept.Note(
                $"data.pkl, {opaque.Place}: {opaque.Reason}; its storages are taken by bytes"
            );
        }

        Claims(kept, reader);
        new TorchTensors(file.Name, kept, storages).Add(root, reader.Storages);
        return kept.As(WeightsFormat.PyTorch);
    }

    /// <summary>Tells of what a loader would import, and this does not.</summary>
    public static void Claims(Kept kept, PickleReader reader)
    {
        foreach (var name in reader.Unknown)
        {
            kept.Note(
                $"its pickle names {Words.Quoted(name)}, which is not imported and not called"
            );
        }
    }

    private static StringComparison Ordinal => StringComparison.Ordinal;

    private static void SeeThatItIsOneModel(
        ByteSource file,
        IReadOnlyList<ZipEntry> entries,
        string prefix
    )
    {
        foreach (var entry in entries)
        {
            if (!entry.Name.StartsWith(prefix, Ordinal))
            {
                throw new WeightsFault(
                    file.Name,
                    $"entry {Words.Quoted(entry.Name)}",
                    $"it stands outside of the folder {Words.Quoted(prefix)}"
                );
            }

            var isRead =
                IsStorage(entry.Name, prefix)
                || string.Equals(entry.Name, prefix + Pickle[1..], Ordinal);
            if (isRead && !entry.IsStored)
            {
                throw new WeightsFault(
                    file.Name,
                    $"entry {Words.Quoted(entry.Name)}",
                    "it is compressed: PyTorch stores tensors and their pickle as they are"
                );
            }

            if (string.Equals(entry.Name, prefix + "byteorder", Ordinal))
            {
                SeeByteOrder(file, entry);
            }
        }
    }

    private static void SeeByteOrder(ByteSource file, ZipEntry entry)
    {
        Span<byte> order = stackalloc byte[(int)Math.Min(entry.Length, 16)];
        file.Fill(entry.Offset, order);
        if (Encoding.ASCII.GetString(order).Trim() is not "little")
        {
            throw new WeightsFault(
                file.Name,
                $"entry {Words.Quoted(entry.Name)}",
                "only little-endian files are read"
            );
        }
    }

    private static bool IsStorage(string name, string prefix) =>
        name.StartsWith(prefix + "data/", Ordinal)
        || name.StartsWith(prefix + "constants/", Ordinal);

    // Keys of constants are of another pickle, and may be those of data.
    private static string Key(string name, string prefix)
    {
        var inside = name[prefix.Length..];
        return inside.StartsWith("data/", Ordinal) ? inside[5..] : inside;
    }
}
