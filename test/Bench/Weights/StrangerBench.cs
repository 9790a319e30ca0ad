using System.Globalization;
using Concord.Measures.Weights;
using Concord.Zoo;

namespace Concord.Bench.Weights;

/// <summary>
/// <c>weights strangers FOLDER [--half choose|judge] [--draws N]</c>: how often networks that were
/// trained independently, on the same data by the same recipe, seem related.
/// </summary>
internal static class StrangerBench
{
    private const int Part = 64;

    public static int Run(string folder, string? half, int draws)
    {
        var shelf = new ZooShelf(folder, half);
        var pairs = Pairs(shelf).ToArray();
        Print($"{pairs.Length} independent pairs of networks of one recipe.");
        var whole = WholePairs(pairs);
        var (parts, wrong) = Draws(pairs, draws);
        Print(
            $"Wrong at the level of a register of a million: {whole} whole pairs, {wrong} draws."
        );
        Tail(parts);
        return whole + wrong == 0 ? 0 : 1;
    }

    internal static IEnumerable<(Fingerprint Left, Fingerprint Right)> Pairs(ZooShelf shelf)
    {
        var bases = shelf.Bases.ToArray();
        for (var one = 0; one < bases.Length; one++)
        {
            for (var other = one + 1; other < bases.Length; other++)
            {
                if (bases[one].Architecture == bases[other].Architecture)
                {
                    yield return (shelf.Taken(bases[one].Name), shelf.Taken(bases[other].Name));
                }
            }
        }
    }

    /// <summary>
    /// Whole pairs: whether randomised p-values are spread evenly (Kolmogorov–Smirnov).
    /// </summary>
    private static int WholePairs((Fingerprint Left, Fingerprint Right)[] pairs)
    {
        Print("");
        Print(
            "| basis | ground | form | layers | agreements | by chance | most | KS √n·D | KS p |"
        );
        Print("|---|---|---|---:|---:|---:|---:|---:|---:|");
        foreach (var basis in Enum.GetValues<UnitBasis>())
        {
            foreach (var ground in Enum.GetValues<PairGround>())
            {
                Spread(pairs, basis, ground, "large");
                Spread(
                    [.. pairs.Select(pair => (pair.Left.Small(), pair.Right.Small()))],
                    basis,
                    ground,
                    "small"
                );
            }
        }

        Print("");
        return pairs.Count(pair => PairTest.Compare(pair.Left, pair.Right).Decides(1_000_000))
            + pairs.Count(pair =>
                PairTest.Compare(pair.Left.Small(), pair.Right.Small()).Decides(1_000_000)
            );
    }

    private static void Spread(
        (Fingerprint Left, Fingerprint Right)[] pairs,
        UnitBasis basis,
        PairGround ground,
        string form
    )
    {
        var cells = pairs
            .SelectMany(pair => AgreementTable.Of(pair.Left, pair.Right, basis).Cells(ground))
            .ToArray();
        if (cells.Length == 0)
        {
            return;
        }

        var chance = new Chance(7);
        var spread = cells
            .Select(cell => Randomised(cell.Agreements, cell.Expected, chance.Uniform()))
            .Order()
            .ToArray();
        var distance = spread
            .Select(
                (value, at) =>
                    Math.Max(
                        Math.Abs(value - ((double)at / spread.Length)),
                        Math.Abs(value - ((at + 1.0) / spread.Length))
                    )
            )
            .Max();
        var scaled = distance * Math.Sqrt(spread.Length);
        Print(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {basis} | {ground} | {form} | {cells.Length} "
                    + $"| {cells.Sum(c => c.Agreements)} | {cells.Sum(c => c.Expected):0.0} "
                    + $"| {cells.Max(c => c.Agreements)} "
                    + $"| {scaled:0.00} | {Kolmogorov(scaled):0.000} |"
            )
        );
    }

    /// <summary>
    /// Draws of 64 of each layer's units: far more than there are pairs, and not independent of
    /// each other, but each would show a wrong match.
    /// </summary>
    private static (List<(int Agreements, double Expected)> Draws, int Wrong) Draws(
        (Fingerprint Left, Fingerprint Right)[] pairs,
        int draws
    )
    {
        var found = new List<(int Agreements, double Expected)>(draws);
        var wrong = 0;
        for (var draw = 0; found.Count < draws; draw++)
        {
            var (left, right) = pairs[draw % pairs.Length];
            var chance = new Chance((ulong)draw);
            var (ours, theirs) = (Some(left, chance), Some(right, chance));
            foreach (var basis in Enum.GetValues<UnitBasis>())
            {
                var cells = AgreementTable.Of(ours, theirs, basis).Cells(PairGround.Views);
                found.AddRange(cells);
                wrong += cells.Count(cell =>
                    PairTest.Log10Bound(cell.Agreements, cell.Expected) < -13.5
                );
            }
        }

        return (found, wrong);
    }

    private static void Tail(List<(int Agreements, double Expected)> draws)
    {
        Print("");
        Print($"{draws.Count} draws of {Part} units of a layer of either:");
        Print("");
        Print("| bound of p at most | claimed, at most | observed |");
        Print("|---|---:|---:|");
        for (var power = 1; power <= 8; power++)
        {
            var hits = draws.Count(draw =>
                PairTest.Log10Bound(draw.Agreements, draw.Expected) <= -power
            );
            Print(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| 10⁻{power} | {draws.Count * Math.Pow(10, -power):0.##} | {hits} |"
                )
            );
        }

        Print("");
        Print("Beyond what the draws reach, λⁿ/n! is formula and not observation.");
    }

    private static Fingerprint Some(Fingerprint fingerprint, Chance chance) =>
        new()
        {
            Weights = fingerprint.Weights,
            Parameters = fingerprint.Parameters,
            SixteenthBits = fingerprint.SixteenthBits,
            ZerosPerMillion = fingerprint.ZerosPerMillion,
            Scan = fingerprint.Scan,
            Layers = [.. fingerprint.Layers.Select(layer => Some(layer, chance))],
        };

    private static UnitSketch Some(UnitSketch layer, Chance chance)
    {
        var chosen = chance.Order(layer.Units).Take(Part).ToArray();
        var bits = new List<ulong>();
        for (var basis = 0; basis < layer.Bases.Count; basis++)
        {
            for (var view = 0; view < layer.Views; view++)
            {
                var signs = layer.Signs(basis, view).ToArray();
                foreach (var unit in chosen)
                {
                    bits.AddRange(signs.AsSpan(unit * layer.Words, layer.Words));
                }
            }
        }

        return new()
        {
            Kind = layer.Kind,
            Layer = layer.Layer,
            Layers = layer.Layers,
            Exchangeable = layer.Exchangeable,
            Places = [.. chosen.Select(unit => layer.Places[unit])],
            Views = layer.Views,
            Bases = layer.Bases,
            Words = layer.Words,
            Bits = bits.ToArray(),
        };
    }

    /// <summary>
    /// The chance of more than n, and a random part of that of n: even, if Poisson is true.
    /// </summary>
    private static double Randomised(int agreements, double expected, double part)
    {
        var (term, below) = (Math.Exp(-expected), 0.0);
        for (var at = 0; at < agreements; at++)
        {
            below += term;
            term *= expected / (at + 1);
        }

        return 1 - below - term + (part * term);
    }

    private static double Kolmogorov(double scaled)
    {
        var sum = 0.0;
        for (var term = 1; term <= 100; term++)
        {
            sum += (term % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * term * term * scaled * scaled);
        }

        return Math.Clamp(sum, 0, 1);
    }

    private static void Print(string line) => Console.WriteLine(line);
}
