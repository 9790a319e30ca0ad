using System.Text;

namespace Concord.Tests.Measures.Weights.Formats;

/// <summary>A zip as PyTorch writes it, with a place for whatever a test bends.</summary>
internal sealed class TorchFile
{
    private readonly List<(string Name, byte[] Data)> _entries = [];

    public static byte[] Good =>
        new TorchFile()
            .Entry("m/data.pkl", PickleFile.Of("w", "0", 4, 0, [2, 2], [2, 1]))
            .Entry("m/data/0", Written.Floats(1, 2, 3, 4))
            .Entry("m/byteorder", "little"u8.ToArray())
            .Bytes;

    /// <summary>Whether lengths follow the data, as PyTorch's writer does it.</summary>
    public bool HasDescriptors { get; init; } = true;

    public ushort Flags { get; init; }

    public ushort Method { get; init; }

    /// <summary>What the directory says of a name; the head says the name.</summary>
    public Func<string, string> Listed { get; init; } = static name => name;

    /// <summary>What the directory adds to a length.</summary>
    public uint Longer { get; init; }

    /// <summary>Bytes between the entries and the directory.</summary>
    public byte[] Gap { get; init; } = [];

    public byte[] Comment { get; init; } = [];

    public byte[] Bytes
    {
        get
        {
            var written = new Written();
            var directory = new Written();
            foreach (var (name, data) in _entries)
            {
                var head = written.Length;
                Head(written, name, data);
                Directory(directory, Listed(name), data, head);
            }

            written.Add(Gap);
            var start = written.Length;
            written.Add(directory.Bytes).Word(0x06054b50).Word(0);
            written.Short(_entries.Count).Short(_entries.Count);
            written.Word((uint)directory.Length).Word((uint)start).Short(Comment.Length);
            return written.Add(Comment).Bytes;
        }
    }

    public TorchFile Entry(string name, byte[] data)
    {
        _entries.Add((name, data));
        return this;
    }

    private ushort AllFlags => (ushort)(Flags | (HasDescriptors ? 0x0808 : 0x0800));

    private void Head(Written written, string name, byte[] data)
    {
        var length = HasDescriptors ? 0u : (uint)data.Length;
        written.Word(0x04034b50).Short(0).Short(AllFlags).Short(Method).Word(0).Word(0);
        written.Word(length).Word(length).Short(Encoding.UTF8.GetByteCount(name)).Short(0);
        written.Text(name).Add(data);
        if (HasDescriptors)
        {
            written.Word(0x08074b50).Word(0).Word((uint)data.Length).Word((uint)data.Length);
        }
    }

    private void Directory(Written written, string name, byte[] data, int head)
    {
        var length = (uint)data.Length + Longer;
        written.Word(0x02014b50).Word(0).Short(AllFlags).Short(Method).Word(0).Word(0);
        written.Word(length).Word(length).Short(Encoding.UTF8.GetByteCount(name)).Short(0).Short(0);
        written.Short(0).Short(0).Word(0).Word((uint)head).Text(name);
    }
}
