using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Measures.Weights.Roles;

/// <summary>
/// Which link a BatchNorm follows, by the names that PyTorch gives its tensors: <c>conv1</c> and
/// <c>bn1</c>, or 0 and 1 of one sequence.
/// </summary>
internal static partial class BatchNormNames
{
    private const string Gain = ".weight";
    private const string Spread = ".running_var";

    /// <summary>Whether a tensor is of a BatchNorm that has one.</summary>
    public static bool IsOfNorm(WeightsTensor tensor) =>
        LayoutReader.Sizes(tensor).Length == 1
        && (
            tensor.Name.EndsWith(Spread, StringComparison.Ordinal)
            || tensor.Name.EndsWith(Gain, StringComparison.Ordinal)
        );

    /// <summary>Gives each link the BatchNorm that its output goes through.</summary>
    /// <param name="links">The links.</param>
    /// <param name="tensors">What may be of norms, of the same network.</param>
    public static void Tell(List<ChainLink> links, IEnumerable<WeightsTensor> tensors)
    {
        var byName = new Dictionary<string, WeightsTensor>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            byName.TryAdd(tensor.Name, tensor);
        }

        var stems = links.ConvertAll(link => Stem(link.Tensor.Name));
        var keys = stems.ConvertAll(ChainLayout.Key);
        var bare = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < links.Count; at++)
        {
            bare.TryAdd(Words().Replace(stems[at], ""), at);
        }

        foreach (var (name, spread) in byName)
        {
            if (!name.EndsWith(Spread, StringComparison.Ordinal))
            {
                continue;
            }

            var stem = Stem(name);
            var before = bare.GetValueOrDefault(Words().Replace(stem, ""), LastBefore(stem));
            if (
                before >= 0
                && links[before] is { Gates: 1, Norm: null } link
                && link.Units == spread.Elements
            )
            {
                var gain = byName.GetValueOrDefault(stem + Gain);
                var norm = new BatchNorm(gain?.Elements == link.Units ? gain : null, spread);
                links[before] = link with { Norm = norm };
            }
        }

        // In a sequence: the last link before the norm's number.
        int LastBefore(string stem)
        {
            var cut = stem.LastIndexOf('.') + 1;
            if (!int.TryParse(stem.AsSpan(cut), NumberStyles.None, null, out _))
            {
                return -1;
            }

            var (last, key) = (-1, ChainLayout.Key(stem));
            for (var at = 0; at < stems.Count; at++)
            {
                if (
                    stems[at].StartsWith(stem[..cut], StringComparison.Ordinal)
                    && string.CompareOrdinal(keys[at], key) < 0
                    && (last < 0 || string.CompareOrdinal(keys[at], keys[last]) > 0)
                )
                {
                    last = at;
                }
            }

            return last;
        }
    }

    private static string Stem(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];

    [GeneratedRegex("batch_?norm|norm|bn|conv", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}
