using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Measures.Weights.Roles;

/// <summary>
/// Networks in which each layer reads what the one before wrote: convolutions, plain layers and
/// LSTMs, in the order of their names' numbers, joined where sizes fit.
/// </summary>
internal static partial class ChainLayout
{
    /// <summary>The layers that a chain of tensors has; null: there is none.</summary>
    public static NetworkLayout? Read(IReadOnlyList<WeightsTensor> tensors)
    {
        var ordered = tensors
            .Where(tensor => LayoutReader.Sizes(tensor).Length >= 2)
            .OrderBy(tensor => Key(tensor.Name), StringComparer.Ordinal)
            .ToArray();
        var embedding = ordered.FirstOrDefault(tensor =>
            RoleNames.Of(tensor.Name).Role == TensorRole.Embedding
        );
        var links = new List<Link>();
        for (var at = 0; at < ordered.Length; at++)
        {
            var state = at + 1 < ordered.Length ? ordered[at + 1] : null;
            if (IsRecurrent(ordered[at], state))
            {
                links.Add(new(ordered[at], 4));
                at++;
            }
            else if (ordered[at] != embedding && Link.IsPlain(ordered[at]))
            {
                links.Add(new(ordered[at], 1));
            }
        }

        var layers = new List<UnitLayer>();
        for (var at = 0; at < links.Count; at++)
        {
            var next = at + 1 < links.Count && links[at].Fits(links[at + 1]) ? links[at + 1] : null;
            if (links[at].Layer(next) is { } layer)
            {
                layers.Add(layer);
            }
        }

        return layers.Count == 0 ? null : new(layers, embedding, null, null, IsChain: true);
    }

    /// <summary>
    /// Rows of four gates over the input, then over the state: 4h × n, then 4h × h, as their names
    /// say or as their shapes do.
    /// </summary>
    private static bool IsRecurrent(WeightsTensor input, WeightsTensor? state)
    {
        if (state is null)
        {
            return false;
        }

        var (rows, over) = (LayoutReader.Sizes(input), LayoutReader.Sizes(state));
        return rows.Length == 2 && over.Length == 2 && rows[0] == over[0] && over[0] == 4 * over[1];
    }

    /// <summary>
    /// The name with its numbers filled up, so that layer 10 follows layer 9, and an LSTM's rows over
    /// its state follow those over its input.
    /// </summary>
    private static string Key(string name) =>
        Numbers()
            .Replace(
                Cells().Replace(name, match => $"{match.Groups[2].Value}_{match.Groups[1].Value}"
                    .Replace("_hh", "_jh", StringComparison.Ordinal)),
                match =>
                    match.Length > 9
                        ? match.Value
                        : int.Parse(match.Value, CultureInfo.InvariantCulture)
                            .ToString("D9", CultureInfo.InvariantCulture)
            );

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex("weight(_ih|_hh)((?:_l[0-9]+)?)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Cells();

    private sealed record Link(WeightsTensor Tensor, int Gates)
    {
        private const int FewestUnits = 16;

        private long[] Sizes => LayoutReader.Sizes(Tensor);

        private int Units => (int)(Sizes[0] / Gates);

        private int Inputs => (int)Sizes[1];

        private int Taps => (int)Sizes.Skip(2).Aggregate(1L, (product, size) => product * size);

        public static bool IsPlain(WeightsTensor tensor)
        {
            var sizes = LayoutReader.Sizes(tensor);
            return sizes.Length is >= 2 and <= 4
                && sizes[0] >= 2
                && sizes.Skip(2).All(size => size < 64);
        }

        /// <summary>Whether the next reads what this writes, perhaps flattened over places.</summary>
        public bool Fits(Link next) => next.Inputs == Units;

        public UnitLayer? Layer(Link? next)
        {
            if (Units < FewestUnits)
            {
                return null;
            }

            var width = Inputs * Taps;
            if (Gates > 1)
            {
                return new(
                    UnitKind.Recurrent,
                    [
                        .. Enumerable
                            .Range(0, Gates)
                            .Select(gate => new UnitView(
                                [
                                    new(
                                        Tensor,
                                        (long)gate * Units * width,
                                        Units,
                                        width,
                                        width,
                                        false,
                                        Taps
                                    ),
                                ],
                                null
                            )),
                    ]
                );
            }

            return next is null
                ? null
                : new(
                    UnitKind.Channel,
                    [
                        new([new(Tensor, 0, Units, width, width, false, Taps)], null),
                        new(
                            [
                                new(
                                    next.Tensor,
                                    0,
                                    (int)next.Sizes[0],
                                    next.Inputs * next.Taps,
                                    (long)next.Inputs * next.Taps,
                                    true,
                                    next.Taps
                                ),
                            ],
                            null
                        ),
                    ]
                );
        }
    }
}
