using Concord.Ledger;

namespace Concord.Tests.Ledger;

/// <summary>Tiles without a disk, held to the same contract as the real ones.</summary>
internal sealed class MemoryTiles : ITileStore
{
    public SortedDictionary<string, byte[]> Resources { get; } = new(StringComparer.Ordinal);

    public void Write(string path, ReadOnlySpan<byte> bytes) => Resources[path] = bytes.ToArray();

    public byte[]? Read(string path) =>
        Resources.TryGetValue(path, out var bytes) ? [.. bytes] : null;

    public IEnumerable<string> List(string folder) =>
        Resources.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).ToList();

    public void Delete(string path)
    {
        if (!path.EndsWith('/'))
        {
            Resources.Remove(path);
            return;
        }

        foreach (var below in List(path))
        {
            Resources.Remove(below);
        }
    }
}
