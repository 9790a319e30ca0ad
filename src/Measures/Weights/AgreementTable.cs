namespace Concord.Measures.Weights;

/// <summary>The agreements of all layers of two networks with each other, in one basis.</summary>
internal sealed class AgreementTable
{
    /// <summary>
    /// In coordinates that have a meaning (tokens, inputs) strangers may have some units that do the
    /// same: of language models of one recipe 1 to 5 % are found in others too (Gurnee and others,
    /// Universal Neurons in GPT2 Language Models, arXiv 2401.12181), fewer of them by both views.
    /// </summary>
    private const double UnitsAlike = 0.02;

    private readonly List<Cell> _cells = [];
    private readonly UnitBasis _basis;
    private readonly bool _sameDepth;

    /// <summary>A channel may stand for something (a band, a class); a hidden unit's place does not.</summary>
    private readonly bool _placesAreArbitrary;

    private AgreementTable(UnitBasis basis, bool sameDepth, bool placesAreArbitrary)
    {
        _basis = basis;
        _sameDepth = sameDepth;
        _placesAreArbitrary = placesAreArbitrary;
    }

    public static AgreementTable Of(Fingerprint left, Fingerprint right, UnitBasis basis)
    {
        var (ours, theirs) = (With(left, basis), With(right, basis));
        var table = new AgreementTable(
            basis,
            ours.Length == theirs.Length
                && ours.Zip(theirs).All(pair => Comparable(pair.First, pair.Second)),
            ours.All(layer => layer.Kind != UnitKind.Channel)
        );
        for (var a = 0; a < ours.Length; a++)
        {
            for (var b = 0; b < theirs.Length; b++)
            {
                if (Comparable(ours[a], theirs[b]))
                {
                    table._cells.Add(Cell.Of(ours[a], theirs[b], basis, a == b));
                }
            }
        }

        return table;
    }

    /// <summary>Every pair of layers by itself: agreements, and how many chance gives at most.</summary>
    public IEnumerable<(int Agreements, double Expected)> Cells(PairGround ground) =>
        _cells.Select(cell => (cell.Count(ground), cell.Expected(ground)));

    /// <summary>
    /// Layers of the same depth counted together, where both have as many; and the best pair of
    /// layers, corrected for how many pairs there are.
    /// </summary>
    public IEnumerable<PairEvidence> Evidence(PairGround ground)
    {
        if (_cells.Count == 0 || (ground == PairGround.Places && !_placesAreArbitrary))
        {
            yield break;
        }

        if (_sameDepth)
        {
            var even = _cells.Where(cell => cell.SamePlace).ToArray();
            yield return Found(
                ground,
                even.Sum(cell => cell.Count(ground)),
                even.Sum(cell => cell.Allowed(ground)),
                1,
                even
            );
        }

        var best = _cells.MinBy(cell =>
            PairTest.Log10Bound(cell.Count(ground), cell.Allowed(ground))
        )!;
        yield return Found(
            ground,
            best.Count(ground),
            best.Allowed(ground),
            _cells.Count,
            BestByLayer(ground)
        );
    }

    private PairEvidence Found(
        PairGround ground,
        int agreements,
        double expected,
        int ways,
        IEnumerable<Cell> shown
    ) =>
        new()
        {
            Log10P = Math.Min(0, PairTest.Log10Bound(agreements, expected) + Math.Log10(ways)),
            SameWeights = false,
            Ground = ground,
            Basis = _basis,
            Agreements = agreements,
            Expected = expected,
            Layers =
            [
                .. shown.Select(cell => new LayerAgreement(
                    cell.Left,
                    cell.Right,
                    cell.Count(ground),
                    cell.Compared,
                    cell.Allowed(ground)
                )),
            ],
        };

    private IEnumerable<Cell> BestByLayer(PairGround ground) =>
        _cells.GroupBy(cell => cell.Left).Select(cells => cells.MaxBy(cell => cell.Count(ground))!);

    private static UnitSketch[] With(Fingerprint fingerprint, UnitBasis basis) =>
        [.. fingerprint.Layers.Where(layer => layer.Bases.Contains(basis))];

    private static bool Comparable(UnitSketch left, UnitSketch right) =>
        left.Kind == right.Kind && left.Views == right.Views;

    private sealed record Cell(int Left, int Right, bool SamePlace, int Compared)
    {
        private int _byViews;
        private double _alike;
        private int _byPlaces;
        private double _expectedByViews;
        private double _expectedByPlaces;

        public int Count(PairGround ground) => ground == PairGround.Views ? _byViews : _byPlaces;

        public double Expected(PairGround ground) =>
            ground == PairGround.Views ? _expectedByViews : _expectedByPlaces;

        public double Allowed(PairGround ground) =>
            Expected(ground) + (ground == PairGround.Views ? Compared * _alike : 0);

        public static Cell Of(UnitSketch left, UnitSketch right, UnitBasis basis, bool samePlace)
        {
            var words = Math.Min(left.Words, right.Words);
            var (ours, theirs) = words == 1 ? (left.Small(), right.Small()) : (left, right);
            var cell = new Cell(
                left.Layer,
                right.Layer,
                samePlace,
                Math.Min(left.Units, right.Units)
            );
            cell._alike = basis == UnitBasis.Stored ? 0 : UnitsAlike;
            var matchings = new int[ours.Views][];
            var sizes = new int[ours.Views];
            var (ourBasis, theirBasis) = (Place(ours, basis), Place(theirs, basis));
            for (var view = 0; view < ours.Views; view++)
            {
                matchings[view] = UnitMatching.Match(
                    ours.Signs(ourBasis, view),
                    theirs.Signs(theirBasis, view),
                    words,
                    out sizes[view]
                );
            }

            cell.CountViews(ours, theirs, matchings, sizes);
            cell.CountPlaces(ours, theirs, matchings);
            return cell;
        }

        private static int Place(UnitSketch layer, UnitBasis basis)
        {
            var place = 0;
            while (layer.Bases[place] != basis)
            {
                place++;
            }

            return place;
        }

        /// <summary>Pairs of units that at least two views match.</summary>
        private void CountViews(UnitSketch ours, UnitSketch theirs, int[][] matchings, int[] sizes)
        {
            for (var unit = 0; unit < ours.Units; unit++)
            {
                _byViews += Agreed(matchings, unit, 2) >= 0 ? 1 : 0;
            }

            for (var one = 0; one < sizes.Length; one++)
            {
                for (var other = one + 1; other < sizes.Length; other++)
                {
                    _expectedByViews +=
                        (double)sizes[one] * sizes[other] / ours.Units / theirs.Units;
                }
            }
        }

        /// <summary>
        /// Pairs of units that any view matches first and that stand at one place. Each unit of the
        /// right is taken once, so that what is counted is a matching.
        /// </summary>
        private void CountPlaces(UnitSketch ours, UnitSketch theirs, int[][] matchings)
        {
            var taken = new bool[theirs.Units];
            var size = 0;
            for (var unit = 0; unit < ours.Units; unit++)
            {
                var other = Agreed(matchings, unit, 1);
                if (other < 0 || taken[other])
                {
                    continue;
                }

                taken[other] = true;
                size++;
                _byPlaces += ours.Places[unit] == theirs.Places[other] ? 1 : 0;
            }

            _expectedByPlaces = (double)size / Math.Max(ours.Exchangeable, theirs.Exchangeable);
        }

        /// <summary>The unit that most views match to one, if at least so many do; or −1.</summary>
        private static int Agreed(int[][] matchings, int unit, int least)
        {
            var (best, votes) = (-1, least - 1);
            foreach (var matching in matchings)
            {
                var candidate = matching[unit];
                var agree = matchings.Count(other => other[unit] == candidate);
                if (candidate >= 0 && agree > votes)
                {
                    (best, votes) = (candidate, agree);
                }
            }

            return best;
        }
    }
}
