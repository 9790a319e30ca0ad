using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Zoo;

/// <summary>A network in memory: what was trained, and what is made of it.</summary>
public sealed partial record ZooNet
{
    /// <summary>llama, mixtral, gpt2, lstm or conv.</summary>
    public required string Architecture { get; init; }

    /// <summary>Heads of attention; 0 where there is none.</summary>
    public int Heads { get; init; }

    /// <summary>Heads of keys and values.</summary>
    public int KvHeads { get; init; }

    /// <summary>Its tensors, in their order.</summary>
    public required IReadOnlyList<ZooTensor> Tensors { get; init; }

    /// <summary>A tensor by its name.</summary>
    public ZooTensor this[string name] =>
        Find(name) ?? throw new KeyNotFoundException($"No tensor {name}.");

    /// <summary>How many layers it has, by the numbers in the names of its tensors.</summary>
    public int Layers => Tensors.Max(t => LayerOf(t.Name)) + 1;

    /// <summary>A tensor by its name, if there is one.</summary>
    public ZooTensor? Find(string name) =>
        Tensors.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.Ordinal));

    /// <summary>The same with tensors of these names replaced.</summary>
    public ZooNet With(params IEnumerable<ZooTensor> changed)
    {
        var byName = changed.ToDictionary(t => t.Name, StringComparer.Ordinal);
        return Each(t => byName.GetValueOrDefault(t.Name, t));
    }

    /// <summary>Every tensor changed.</summary>
    public ZooNet Each(Func<ZooTensor, ZooTensor> change) =>
        this with
        {
            Tensors = [.. Tensors.Select(change)],
        };

    /// <summary>The layer that a name speaks of, counted from 0; -1: of none.</summary>
    public static int LayerOf(string name) =>
        Number().Match(name) is { Success: true } match
            ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            : -1;

    [GeneratedRegex(@"(?:\.|_l)(?<number>\d+)(?:\.|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
