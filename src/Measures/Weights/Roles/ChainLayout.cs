using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Measures.Weights.Roles;

/// <summary>
/// Networks in which each layer reads what the one before wrote: convolutions, plain layers and
/// LSTMs, in the order of their names' numbers, joined where sizes fit.
/// </summary>
internal static partial class ChainLayout
{
    /// <summary>The links that tensors make; none: there is no chain.</summary>
    public static NetworkLayout Read(IReadOnlyList<WeightsTensor> tensors)
    {
        var ordered = tensors
            .Where(IsLink)
            .OrderBy(tensor => Key(tensor.Name), StringComparer.Ordinal)
            .ToArray();
        var links = new List<(WeightsTensor Tensor, int Gates)>();
        var tables = new List<WeightsTensor>();
        for (var at = 0; at < ordered.Length; at++)
        {
            if (at + 1 < ordered.Length && IsRecurrent(ordered[at], ordered[at + 1]))
            {
                links.Add((ordered[at], 4));
                at++;
            }
            else if (RoleNames.Of(ordered[at].Name).Role == TensorRole.Embedding)
            {
                tables.Add(ordered[at]);
            }
            else
            {
                links.Add((ordered[at], 1));
            }
        }

        return new([], Joined(Ordered(links)), tables.FirstOrDefault(), null, null);
    }

    private static ChainLink[] Joined(IEnumerable<(WeightsTensor Tensor, int Gates)> links)
    {
        var joined = links
            .Select(link => new ChainLink(link.Tensor, link.Gates, false, false))
            .ToArray();
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
    private static IEnumerable<(WeightsTensor Tensor, int Gates)> Ordered(
        List<(WeightsTensor Tensor, int Gates)> links
    )
    {
        var runs = new List<List<(WeightsTensor Tensor, int Gates)>>();
        foreach (var link in links)
        {
            if (runs.Count > 0 && Units(runs[^1][^1]) == Inputs(link))
            {
                runs[^1].Add(link);
            }
            else
            {
                runs.Add([link]);
            }
        }

        for (var at = 0; at < runs.Count; at++)
        {
            var ours = runs[at];
            var next = runs.Where(run => run != ours && Inputs(run[0]) == Units(ours[^1]))
                .ToArray();
            var rivals = runs.Count(run => Units(run[^1]) == Units(ours[^1]));
            if (next.Length == 1 && rivals == 1)
            {
                ours.AddRange(next[0]);
                at = runs.IndexOf(next[0]) < at ? at - 2 : at - 1;
                runs.Remove(next[0]);
            }
        }

        return runs.SelectMany(run => run);
    }

    private static long Units((WeightsTensor Tensor, int Gates) link) =>
        LayoutReader.Sizes(link.Tensor)[0] / link.Gates;

    private static long Inputs((WeightsTensor Tensor, int Gates) link) =>
        LayoutReader.Sizes(link.Tensor)[1];

    private static bool IsLink(WeightsTensor tensor)
    {
        var sizes = LayoutReader.Sizes(tensor);
        return sizes.Length is >= 2 and <= 5
            && sizes[0] >= 2
            && sizes.Skip(2).All(size => size < 64);
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

    [GeneratedRegex("weight(_ih|_hh)((?:_l[0-9]+)?)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Cells();
}
