using System.Text.Json;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Files;

namespace Concord.Bench.Weights;

/// <summary>The trained networks in a folder, and their fingerprints as they are asked for.</summary>
internal sealed class ZooShelf
{
    private readonly Dictionary<string, ZooNet> _nets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fingerprint> _taken = new(StringComparer.Ordinal);

    public ZooShelf(string folder, string? half)
    {
        using var manifest = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(folder, "manifest.json"))
        );
        var entries = manifest.RootElement.EnumerateArray().Select(Entry).ToArray();
        Entries = [.. entries.Where(entry => half is null || entry.Half == half)];
        foreach (var entry in Entries)
        {
            var file = File.ReadAllBytes(Path.Combine(folder, $"{entry.Name}.safetensors"));
            _nets[entry.Name] = SafetensorsFile.Read(file);
        }
    }

    public IReadOnlyList<ZooEntry> Entries { get; }

    /// <summary>The networks that were trained from nothing.</summary>
    public IEnumerable<ZooEntry> Bases => Entries.Where(entry => entry.Role == "base");

    public ZooNet Net(string name) => _nets[name];

    /// <summary>The fingerprint of a network as it was trained.</summary>
    public Fingerprint Taken(string name)
    {
        if (!_taken.TryGetValue(name, out var taken))
        {
            _taken[name] = taken = Take(InMemory.Contents(_nets[name]));
        }

        return taken;
    }

    public static Fingerprint Take(WeightsContents contents) => Reading(contents).Fingerprint;

    public static WeightsReading Reading(WeightsContents contents) =>
        Fingerprinter.Read(contents, [], workers: 2, progress: null, CancellationToken.None);

    private static ZooEntry Entry(JsonElement entry) =>
        new(
            Text(entry, "name")!,
            Text(entry, "architecture")!,
            Text(entry, "role")!,
            Text(entry, "parent"),
            Text(entry, "half")!
        );

    private static string? Text(JsonElement entry, string name) =>
        entry.GetProperty(name).GetString();
}

/// <summary>A network of the zoo.</summary>
internal sealed record ZooEntry(
    string Name,
    string Architecture,
    string Role,
    string? Parent,
    string Half
);
