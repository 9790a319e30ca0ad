using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Measures.Weights.Roles;

/// <summary>
/// Networks in which each layer reads what the one before wrote: convolutions, plain layers and
/// LSTMs, in the order of their names' numbers, joined where sizes fit.
/// </summary>
internal static partial class ChainLayout
{
    /// <summary>
    /// The links that tensors make; none: there is no chain. A file may hold several networks whose
    /// tensors have the same names: the first of each name are one, the second another.
    /// </summary>
    public static NetworkLayout Read(IReadOnlyList<WeightsTensor> tensors)
    {
        var networks = Networks(tensors.Where(MayBeLink)).OrderBy(network => network.Key);
        var norms = Networks(tensors.Where(BatchNormNames.IsOfNorm))
            .ToDictionary(network => network.Key, network => network.ToArray());
        var links = new List<ChainLink>();
        var left = LayoutLimits.ChainUnits;
        WeightsTensor? table = null;
        foreach (var network in networks)
        {
            var ordered = KerasNames
                .Told([.. network])
                .OrderBy(tensor => Key(tensor.Name), StringComparer.Ordinal)
                .ToArray();
            table ??= ordered.FirstOrDefault(IsTable);
            var found = Links([.. ordered.Where(one => !IsTable(one))], ref left);
            BatchNormNames.Tell(found, norms.GetValueOrDefault(network.Key, []));
            links.AddRange(Joined(Ordered(found)));
        }

        return new([], links, table, null, null);
    }

    /// <summary>The first of each name are one network, the second another.</summary>
    private static IEnumerable<IGrouping<int, WeightsTensor>> Networks(
        IEnumerable<WeightsTensor> tensors
    )
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return tensors
            .Select(tensor => (Tensor: tensor, Network: Occurrence(seen, tensor.Name)))
            .GroupBy(one => one.Network, one => one.Tensor);
    }

    private static bool IsTable(WeightsTensor tensor) =>
        RoleNames.Of(tensor.Name).Role == TensorRole.Embedding
        && LayoutReader.Sizes(tensor).Length == 2;

    private static int Occurrence(Dictionary<string, int> seen, string name) =>
        seen[name] = seen.TryGetValue(name, out var before) && name.Length > 0 ? before + 1 : 0;

    /// <summary>The links of one network, as long as units are left to be followed.</summary>
    private static List<ChainLink> Links(WeightsTensor[] ordered, ref int left)
    {
        var links = new List<ChainLink>();
        var reverse = BothWays.TakeOut(ref ordered);
        for (var at = 0; at < ordered.Length; at++)
        {
            var (tensor, after) = (ordered[at], ordered.ElementAtOrDefault(at + 1));
            var isRecurrent = IsRecurrent(tensor, after) && !reverse.ContainsKey(after?.Name ?? "");
            if (!isRecurrent && !IsLink(tensor))
            {
                continue;
            }

            var link =
                isRecurrent && BothWays.AreIn(tensor)
                    ? new ChainLink(BothWays.Half(tensor, 0), 4, false, false)
                    {
                        Reverse = BothWays.Half(tensor, 1),
                    }
                    : new(tensor, isRecurrent ? 4 : 1, false, false)
                    {
                        Reverse = reverse.GetValueOrDefault(tensor.Name),
                    };
            left -= Math.Max(link.Units, LayoutLimits.LeastLinkUnits);
            if (left < 0)
            {
                break;
            }

            links.Add(link);
            at += isRecurrent ? 1 : 0;
        }

        return links;
    }

    private static ChainLink[] Joined(IEnumerable<ChainLink> links)
    {
        var joined = links.ToArray();
        for (var at = 1; at < joined.Length; at++)
        {
            if (joined[at].Inputs == joined[at - 1].Units)
            {
                joined[at - 1] = joined[at - 1] with { HasNext = true };
                joined[at] = joined[at] with { HasPrevious = true };
            }
        }

        return joined;
    }

    /// <summary>
    /// Runs of links that fit each other, one put after another where its first link alone reads
    /// what the other's last one writes: names do not always tell which layer is last.
    /// </summary>
    private static IEnumerable<ChainLink> Ordered(List<ChainLink> links)
    {
        var runs = new List<List<ChainLink>>();
        foreach (var link in links)
        {
            if (runs.Count > 0 && runs[^1][^1].Units == link.Inputs)
            {
                runs[^1].Add(link);
            }
            else
            {
                runs.Add([link]);
            }
        }

        while (Follower(runs) is { } found)
        {
            found.Run.AddRange(found.Next);
            runs.Remove(found.Next);
        }

        return runs.SelectMany(run => run);
    }

    private static (List<ChainLink> Run, List<ChainLink> Next)? Follower(List<List<ChainLink>> runs)
    {
        foreach (var next in runs)
        {
            var before = runs.Where(run => run != next && run[^1].Units == next[0].Inputs)
                .Take(2)
                .ToArray();
            if (
                before.Length == 1
                && runs.Count(run => run != before[0] && run[0].Inputs == next[0].Inputs) == 1
            )
            {
                return (before[0], next);
            }
        }

        return null;
    }

    private static bool MayBeLink(WeightsTensor tensor) =>
        (IsLink(tensor) && !BothWays.AreBiasesIn(tensor)) || BothWays.AreIn(tensor);

    private static bool IsLink(WeightsTensor tensor)
    {
        var sizes = LayoutReader.Sizes(tensor);
        return sizes.Length is >= 2 and <= 5
            && sizes[0] >= 2
            && sizes.Skip(2).All(size => size < 64)
            && tensor.Elements <= LayoutLimits.LinkElements
            && tensor.Elements / sizes[0] <= LayoutLimits.Width
            && tensor.Elements / sizes[1] <= LayoutLimits.Width;
    }

    /// <summary>
    /// Rows of four gates over the input, then over the state: 4h × n, then 4h × h, as their names
    /// say or as their shapes do; of Keras turned.
    /// </summary>
    public static bool IsRecurrent(WeightsTensor input, WeightsTensor? state)
    {
        if (
            state is null
            || input.HasInputRows
            || state.HasInputRows
            || (input.Gates == GateOrder.Keras) != (state.Gates == GateOrder.Keras)
        )
        {
            return false;
        }

        if (BothWays.AreIn(input) && BothWays.AreIn(state))
        {
            (input, state) = (BothWays.Half(input, 0), BothWays.Half(state, 0));
        }

        var (rows, over) = (LayoutReader.Sizes(input), LayoutReader.Sizes(state));
        if (input.Gates == GateOrder.Keras)
        {
            (rows, over) = ([.. rows.Reverse()], [.. over.Reverse()]);
        }

        return rows.Length == 2
            && IsLink(input)
            && over.Length == 2
            && rows[0] == over[0]
            && over[0] == 4 * over[1];
    }

    /// <summary>
    /// The name with its numbers filled up, so that layer 10 follows layer 9, and an LSTM's rows
    /// over its state follow those over its input.
    /// </summary>
    public static string Key(string name) =>
        Numbers()
            .Replace(
                Cells()
                    .Replace(
                        name,
                        match =>
                            $"{match.Groups[2].Value}_{match.Groups[1].Value}".Replace(
                                "_hh",
                                "_jh",
                                StringComparison.Ordinal
                            )
                    ),
                match =>
                    match.Length > 9
                        ? match.Value
                        : int.Parse(match.Value, CultureInfo.InvariantCulture)
                            .ToString("D9", CultureInfo.InvariantCulture)
            );

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(
        "weight(?<rows>_ih|_hh)(?<cell>(?:_l[0-9]+)?)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Cells();
}
