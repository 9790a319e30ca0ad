namespace Concord.Measures.Weights;

/// <summary>The agreements of all layers of two networks with each other, in one basis.</summary>
internal sealed class AgreementTable
{
    /// <summary>
    /// In coordinates that have a meaning (tokens, inputs) strangers may have some units that do
    /// the same: of language models of one recipe 1 to 5 % are found in others too (Gurnee and
    /// others, Universal Neurons in GPT2 Language Models, arXiv 2401.12181), fewer by both views.
    /// </summary>
    private const double UnitsAlike = 0.02;

    private readonly List<AgreementCell> _cells = [];
    private readonly UnitBasis _basis;
    private readonly bool _sameDepth;

    private AgreementTable(UnitBasis basis, bool sameDepth)
    {
        _basis = basis;
        _sameDepth = sameDepth;
    }

    public static AgreementTable Of(Fingerprint left, Fingerprint right, UnitBasis basis)
    {
        var (ours, theirs) = (With(left, basis), With(right, basis));
        var table = new AgreementTable(
            basis,
            ours.Length == theirs.Length
                && ours.Zip(theirs).All(pair => Comparable(pair.First, pair.Second))
        );
        var isSmall = ours.Concat(theirs).Any(layer => layer.Words == 1);
        var (lefts, rights) = (Seen(ours, basis, isSmall), Seen(theirs, basis, isSmall));
        var room = new AgreementRoom();
        var isTurned = ComesFirst(right, left);
        for (var a = 0; a < ours.Length; a++)
        {
            for (var b = 0; b < theirs.Length; b++)
            {
                if (Comparable(ours[a], theirs[b]))
                {
                    var cell = AgreementCell.Of(lefts[a], rights[b], a == b, isTurned, room);
                    cell.Alike = basis == UnitBasis.Stored ? 0 : UnitsAlike;
                    table._cells.Add(cell);
                }
            }
        }

        return table;
    }

    /// <summary>
    /// Every pair of layers by itself: agreements, and how many chance gives at most.
    /// </summary>
    public IEnumerable<(int Agreements, double Expected)> Cells(PairGround ground) =>
        _cells
            .Where(cell => cell.Allows(ground))
            .Select(cell => (cell.Count(ground), cell.Expected(ground)));

    /// <summary>
    /// Layers of the same depth counted together, where both have as many; and the best pair of
    /// layers, corrected for how many pairs there are.
    /// </summary>
    public IEnumerable<FoundAgreement> Evidence(PairGround ground)
    {
        var cells = _cells.Where(cell => cell.Allows(ground)).ToArray();
        if (cells.Length == 0)
        {
            yield break;
        }

        var even = cells.Where(cell => cell.SamePlace).ToArray();
        if (_sameDepth && even.Length > 0)
        {
            yield return new(
                this,
                ground,
                even.Sum(cell => cell.Count(ground)),
                even.Sum(cell => cell.Allowed(ground)),
                1
            );
        }

        var best = Best(cells, ground);
        yield return new(this, ground, best.Count(ground), best.Allowed(ground), cells.Length);
    }

    /// <summary>The evidence that was found, with the layers that show it.</summary>
    public PairEvidence Show(FoundAgreement found) =>
        new()
        {
            Log10P = found.Log10P,
            SameWeights = false,
            Ground = found.Ground,
            Basis = _basis,
            Agreements = found.Agreements,
            Expected = found.Expected,
            Layers =
            [
                .. (
                    found.Ways == 1 && _sameDepth
                        ? _cells.Where(cell => cell.SamePlace && cell.Allows(found.Ground))
                        : BestByLayer(found.Ground)
                ).Select(cell => new LayerAgreement(
                    cell.Left,
                    cell.Right,
                    cell.Count(found.Ground),
                    cell.Compared,
                    cell.Allowed(found.Ground)
                )),
            ],
        };

    /// <summary>
    /// Which of two is counted from must not hang on which is asked for first.
    /// </summary>
    private static bool ComesFirst(Fingerprint one, Fingerprint other)
    {
        var order = one.Weights.CompareTo(other.Weights);
        return order < 0
            || (order == 0 && one.Write().AsSpan().SequenceCompareTo(other.Write()) < 0);
    }

    private static AgreementCell Best(AgreementCell[] cells, PairGround ground)
    {
        var (best, least) = (cells[0], double.PositiveInfinity);
        foreach (var cell in cells)
        {
            var log = PairTest.Log10Bound(cell.Count(ground), cell.Allowed(ground));
            if (log < least)
            {
                (best, least) = (cell, log);
            }
        }

        return best;
    }

    private IEnumerable<AgreementCell> BestByLayer(PairGround ground) =>
        _cells
            .Where(cell => cell.Allows(ground))
            .GroupBy(cell => cell.Left)
            .Select(cells => cells.MaxBy(cell => cell.Count(ground))!);

    private static UnitSketch[] With(Fingerprint fingerprint, UnitBasis basis) =>
        [.. fingerprint.Layers.Where(layer => layer.Bases.Contains(basis))];

    /// <summary>Where one of two is the small form, both are seen as that.</summary>
    private static SeenLayer[] Seen(UnitSketch[] layers, UnitBasis basis, bool isSmall) =>
        [.. layers.Select(layer => new SeenLayer(isSmall ? layer.Small() : layer, basis))];

    private static bool Comparable(UnitSketch left, UnitSketch right) =>
        left.Kind == right.Kind && left.Views == right.Views;
}
