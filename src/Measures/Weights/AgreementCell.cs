namespace Concord.Measures.Weights;

/// <summary>
/// The agreements of a layer of one network with a layer of another, in one basis.
/// </summary>
internal sealed class AgreementCell
{
    private int _byViews;
    private int _byPlaces;
    private double _expectedByViews;
    private double _expectedByPlaces;
    private readonly bool _placesAreArbitrary;

    private AgreementCell(int left, int right, bool samePlace, UnitKind kind, int compared)
    {
        _placesAreArbitrary = kind != UnitKind.Channel;
        Left = left;
        Right = right;
        SamePlace = samePlace;
        Compared = compared;
    }

    /// <summary>The layer of the left network.</summary>
    public int Left { get; }

    /// <summary>The layer of the right network.</summary>
    public int Right { get; }

    /// <summary>Whether both are as far down among the sketched layers.</summary>
    public bool SamePlace { get; }

    /// <summary>How many units could agree.</summary>
    public int Compared { get; }

    /// <summary>
    /// Whether a ground says anything: a channel may stand for something (a band, a class), a
    /// hidden unit's place does not.
    /// </summary>
    public bool Allows(PairGround ground) => ground == PairGround.Views || _placesAreArbitrary;

    /// <summary>How many units agree.</summary>
    public int Count(PairGround ground) => ground == PairGround.Views ? _byViews : _byPlaces;

    /// <summary>How many would by chance, at most, on average.</summary>
    public double Expected(PairGround ground) =>
        ground == PairGround.Views ? _expectedByViews : _expectedByPlaces;

    /// <summary>Which share of units strangers may have alike.</summary>
    public double Alike { get; set; }

    /// <summary>How many would at most: by chance, and as units that do the same.</summary>
    public double Allowed(PairGround ground) =>
        Expected(ground) + (ground == PairGround.Views ? Compared * Alike : 0);

    /// <summary>Counts the agreements of two layers.</summary>
    /// <param name="left">The layer of the left network.</param>
    /// <param name="right">The layer of the right network.</param>
    /// <param name="samePlace">Whether both are as far down among the sketched layers.</param>
    /// <param name="isTurned">Whether it is counted from the right.</param>
    /// <param name="room">Room for the matchings.</param>
    public static AgreementCell Of(
        SeenLayer left,
        SeenLayer right,
        bool samePlace,
        bool isTurned,
        AgreementRoom room
    )
    {
        var cell = new AgreementCell(
            left.Sketch.Layer,
            right.Sketch.Layer,
            samePlace,
            left.Sketch.Kind,
            Math.Min(left.Sketch.Units, right.Sketch.Units)
        );
        cell.Match(isTurned ? right : left, isTurned ? left : right, room);
        return cell;
    }

    private void Match(SeenLayer left, SeenLayer right, AgreementRoom room)
    {
        var (ours, theirs) = (left.Sketch, right.Sketch);
        var views = ours.Views;
        room.Begin(ours.Units, views);
        Span<int> sizes = stackalloc int[views];
        for (var view = 0; view < views; view++)
        {
            sizes[view] = left.Match(right, view, room.Matching(view));
        }

        _byViews = room.Agree(views);
        for (var one = 0; one < views; one++)
        {
            for (var other = one + 1; other < views; other++)
            {
                _expectedByViews += (double)sizes[one] * sizes[other] / ours.Units / theirs.Units;
            }
        }

        (var pairs, _byPlaces) = room.CountPlaces(left.Places, right.Places);
        // The smaller, since either number is somebody's word, and a large one would prove
        // anything.
        _expectedByPlaces = (double)pairs / Math.Min(ours.Exchangeable, theirs.Exchangeable);
    }
}
