using Concord.Cli.Weights;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Files;

namespace Concord.Bench.Weights;

/// <summary>
/// The trained networks in a folder, and their fingerprints as they are asked for.
/// </summary>
internal sealed class ZooShelf
{
    private readonly Dictionary<string, ZooNet> _nets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fingerprint> _taken = new(StringComparer.Ordinal);

    public ZooShelf(string folder, string? half)
    {
        Members = [.. ZooMember.Of(folder).Where(member => half is null || member.Half == half)];
        foreach (var member in Members)
        {
            _nets[member.Name] = member.Read(folder);
        }
    }

    public IReadOnlyList<ZooMember> Members { get; }

    /// <summary>The networks that were trained from nothing.</summary>
    public IEnumerable<ZooMember> Bases => Members.Where(member => member.Role == "base");

    public ZooNet Net(string name) => _nets[name];

    /// <summary>The fingerprint of a network as it was trained.</summary>
    public Fingerprint Taken(string name)
    {
        if (!_taken.TryGetValue(name, out var taken))
        {
            _taken[name] = taken = Take(_nets[name]);
        }

        return taken;
    }

    public static Fingerprint Take(ZooNet net) => Reading(net).Fingerprint;

    public static WeightsReading Reading(ZooNet net) =>
        Fingerprinter.Read(
            InMemory.Contents(net),
            [],
            WeightsThreads.All,
            progress: null,
            CancellationToken.None
        );

    /// <summary>Another base of the same recipe and shapes; null: there is none.</summary>
    public ZooNet? Stranger(ZooMember member)
    {
        var net = Net(member.Name);
        return Bases
            .Where(other => other.Name != member.Name && other.Seed != member.Seed)
            .Select(other => Net(other.Name))
            .FirstOrDefault(other =>
                other.Tensors.Count == net.Tensors.Count
                && other
                    .Tensors.Zip(net.Tensors)
                    .All(pair =>
                        pair.First.Name == pair.Second.Name
                        && pair.First.Shape.SequenceEqual(pair.Second.Shape)
                    )
            );
    }
}
