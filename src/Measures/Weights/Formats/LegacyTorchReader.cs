namespace Concord.Measures.Weights.Formats;

/// <summary>
/// PyTorch before its archive: pickles of a magic number, a protocol, the system, the object and
/// the keys of its storages, and then the storages, each with its number of elements.
/// </summary>
internal sealed class LegacyTorchReader
{
    private const long Protocol = 1001;

    private readonly ByteSource _file;
    private readonly Cursor _cursor;
    private readonly Kept _kept;

    private LegacyTorchReader(ByteSource file)
    {
        _file = file;
        _cursor = new(file, 0, file.Length, 1 << 14);
        _kept = new(file.Name);
    }

    /// <summary>The bytes with which such a file begins: the pickle of its magic number.</summary>
    public static ReadOnlySpan<byte> Magic =>
        [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>Reads a file.</summary>
    public static WeightsContents Read(ByteSource file) => new LegacyTorchReader(file).Read();

    private WeightsContents Read()
    {
        _cursor.Skip((ulong)Magic.Length);
        if (Pickle().Root is not Protocol)
        {
            throw _cursor.Fault($"protocol {Protocol} is expected before this place");
        }

        SeeSystem(Pickle().Root);
        var (root, reader) = Pickle();
        var at = _cursor.Position;
        if (Pickle().Root is not PickleItems { Items: var keys })
        {
            throw _cursor.Fault("the list of its storages' keys is expected here", at);
        }

        var storages = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var (name, storage) = Storage(key as string, reader);
            if (!storages.TryAdd(name, storage))
            {
                throw _cursor.Fault($"storage {Words.Quoted(name)} is listed twice", at);
            }
        }

        if (_cursor.Left != 0)
        {
            throw _cursor.Fault($"{_cursor.Left} bytes follow the last storage: nothing may");
        }

        TorchReader.Claims(_kept, reader);
        new TorchTensors(_file.Name, _kept, storages).Add(root, reader.Storages);
        return _kept.As(WeightsFormat.LegacyPyTorch);
    }

    private (object? Root, PickleReader Reader) Pickle()
    {
        var reader = new PickleReader(_cursor);
        return (reader.Read(), reader);
    }

    private void SeeSystem(object? system)
    {
        var isLittle =
            system is PickleDictionary { Pairs: var pairs }
            && pairs.Any(pair => pair.Key is "little_endian" && pair.Value is true);
        if (!isLittle)
        {
            throw _cursor.Fault("only files of little-endian systems are read");
        }
    }

    private (string Name, TorchStorage Storage) Storage(string? key, PickleReader reader)
    {
        if (key is null || !reader.Storages.TryGetValue(key, out var reference))
        {
            throw _cursor.Fault($"storage {Words.Quoted(key ?? "")} is listed and never named");
        }

        if (TorchTypes.Size(reference.Type) is not { } size)
        {
            throw _cursor.Fault(
                $"storage {Words.Quoted(key)} is of {Words.Quoted(reference.Type)}, whose elements'"
                    + " size is not known"
            );
        }

        var at = _cursor.Position;
        var count = _cursor.Long();
        if (count != (ulong)reference.Count)
        {
            throw _cursor.Fault(
                $"storage {Words.Quoted(key)} has {count} elements here and {reference.Count} in"
                    + " the pickle",
                at
            );
        }

        if (count > (ulong)_cursor.Left / (ulong)size)
        {
            throw _cursor.Fault(
                $"{count} elements of {size} bytes are announced and {_cursor.Left} bytes are left"
            );
        }

        var storage = new TorchStorage(_file, _cursor.Position, (long)count * size);
        _cursor.Skip((ulong)storage.Length);
        return (key, storage);
    }
}
