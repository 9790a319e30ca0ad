namespace Concord.Measures.Weights.Index;

/// <summary>
/// Holds a fingerprint against what is screened of others: counts as <see cref="PairTest" /> does,
/// two views of two layers of the other against every layer of this one. It says which are worth
/// comparing whole; it decides nothing.
/// </summary>
public sealed class ScreenTest
{
    /// <summary>How many bytes of an entry are screened.</summary>
    public const int Size = ScreenRecord.Size;

    /// <summary>
    /// What chance gives to one stranger in twenty at most is compared whole. Most of a relative's
    /// evidence is in what is not screened, so the bar is low.
    /// </summary>
    public const double PassLevel = -1.3;

    private const int MostUnits = 128;

    private readonly Sought[] _sought;
    private readonly AgreementRoom _room = new();
    private readonly ScreenBlock _block = new();

    /// <summary>A test of one fingerprint against many; not for several threads at once.</summary>
    public ScreenTest(Fingerprint query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var chosen = ScreenRecord.Chosen(query);
        _sought =
        [
            .. query
                .Layers.Where(layer => layer.Views >= ScreenRecord.Views)
                .SelectMany(layer =>
                    layer.Bases.Select(basis => new Sought(layer.Small(), basis)
                    {
                        Block = chosen
                            .Index()
                            .Where(one => one.Item == (layer, basis))
                            .Select(one => one.Index)
                            .DefaultIfEmpty(-1)
                            .First(),
                    })
                ),
        ];
    }

    /// <summary>What is screened of a fingerprint.</summary>
    public static byte[] Write(Fingerprint form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var record = new byte[Size];
        ScreenRecord.Write(form, record);
        return record;
    }

    /// <summary>
    /// The logarithm to base ten of a bound of the chance that strangers agree so much in what is
    /// screened; zero where nothing can be compared.
    /// </summary>
    /// <param name="record">What is screened of the other.</param>
    public double Log10P(ReadOnlySpan<byte> record)
    {
        var (views, places) = (new Tally(), new Tally());
        for (var block = 0; block < ScreenRecord.Blocks; block++)
        {
            if (!ScreenRecord.TryRead(record, block, _block))
            {
                continue;
            }

            foreach (var layer in _sought)
            {
                if (layer.Kind == _block.Kind && layer.Basis == _block.Basis)
                {
                    Count(layer, layer.Block == block, ref views, ref places);
                }
            }
        }

        var tests = views.Tests + places.Tests;
        return tests == 0
            ? 0
            : Math.Min(0, Math.Min(views.Log10P, places.Log10P) + Math.Log10(tests));
    }

    private void Count(Sought layer, bool isEven, ref Tally views, ref Tally places)
    {
        var units = _block.Units;
        _room.Begin(units, ScreenRecord.Views);
        Span<int> sizes = stackalloc int[ScreenRecord.Views];
        for (var view = 0; view < ScreenRecord.Views; view++)
        {
            var words = _block.Words.AsSpan(view * ScreenRecord.MostUnits, units);
            sizes[view] = layer.Planes[view].Match(words, _room.Matching(view));
        }

        views.Add(
            _room.Agree(ScreenRecord.Views),
            (double)sizes[0] * sizes[1] / units / layer.Places.Length,
            isEven
        );
        if (layer.Kind != UnitKind.Channel)
        {
            var (pairs, same) = _room.CountPlaces(_block.Places.AsSpan(0, units), layer.Places);
            var among = Math.Min(_block.Exchangeable, layer.Exchangeable);
            places.Add(same, (double)pairs / Math.Min(among, ScreenRecord.PlaceModulus), isEven);
        }
    }

    /// <summary>A layer of the query in a basis.</summary>
    private sealed class Sought(UnitSketch layer, UnitBasis basis)
    {
        public UnitKind Kind { get; } = layer.Kind;

        public UnitBasis Basis { get; } = basis;

        public int Exchangeable { get; } = layer.Exchangeable;

        /// <summary>As which block it would be screened; −1: it would not.</summary>
        public required int Block { get; init; }

        public int[] Places { get; } =
        [.. layer.Places.Take(MostUnits).Select(place => place % ScreenRecord.PlaceModulus)];

        public UnitPlanes[] Planes { get; } =
        [
            .. Enumerable
                .Range(0, ScreenRecord.Views)
                .Select(view => new UnitPlanes(ScreenRecord.Words(layer, basis, view, MostUnits))),
        ];
    }

    /// <summary>The layers of the same depth together, and the best pair of layers.</summary>
    private struct Tally
    {
        private int _even;
        private double _expectedEven;
        private bool _hasEven;
        private double _best;
        private int _cells;

        public readonly int Tests => (_cells > 0 ? 1 : 0) + (_hasEven ? 1 : 0);

        public readonly double Log10P =>
            Math.Min(
                _hasEven ? PairTest.Log10Bound(_even, _expectedEven) : 0,
                Math.Min(0, _best + Math.Log10(Math.Max(1, _cells)))
            );

        public void Add(int agreements, double expected, bool isEven)
        {
            _cells++;
            _best = Math.Min(_best, PairTest.Log10Bound(agreements, expected));
            if (isEven)
            {
                _hasEven = true;
                _even += agreements;
                _expectedEven += expected;
            }
        }
    }
}
