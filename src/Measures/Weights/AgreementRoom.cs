using System.Numerics;

namespace Concord.Measures.Weights;

/// <summary>
/// Room for the matchings of two layers, view by view, and for what they agree on; used again for
/// the next two.
/// </summary>
internal sealed class AgreementRoom
{
    private int[] _matchings = [];
    private int[] _agreed = [];
    private byte[] _taken = [];
    private int _units;

    /// <summary>Takes up the matchings of so many units of the left.</summary>
    public void Begin(int units, int views)
    {
        _units = units;
        if (_matchings.Length < units * views)
        {
            _matchings = new int[units * views];
        }

        if (_agreed.Length < units)
        {
            _agreed = new int[units];
        }
    }

    /// <summary>
    /// The matching in a view: for each unit of the left one of the right, or −1.
    /// </summary>
    public Span<int> Matching(int view) => _matchings.AsSpan(view * _units, _units);

    /// <summary>
    /// For each unit of the left the one of the right that most views match it with, the first of
    /// several; or −1.
    /// </summary>
    /// <returns>How many pairs are matched by two views or more.</returns>
    public int Agree(int views) =>
        views switch
        {
            2 => AgreeOfTwo(Matching(0), Matching(1)),
            3 => AgreeOfThree(Matching(0), Matching(1), Matching(2)),
            _ => AgreeOfMany(views),
        };

    /// <summary>
    /// How many pairs of units agree in any view, and how many of those stand at one place. Each
    /// unit of the right is taken once, so that what is counted is a matching.
    /// </summary>
    public (int Pairs, int SamePlace) CountPlaces(
        ReadOnlySpan<int> places,
        ReadOnlySpan<int> otherPlaces
    )
    {
        var none = otherPlaces.Length;
        if (_taken.Length <= none)
        {
            _taken = new byte[none + 1];
        }

        var (pairs, samePlace) = (0, 0);
        var taken = _taken.AsSpan(0, none + 1);
        taken.Clear();
        taken[none] = 1;
        for (var unit = 0; unit < places.Length; unit++)
        {
            var other = (int)Math.Min((uint)_agreed[unit], (uint)none);
            var isNew = 1 - taken[other];
            taken[other] = 1;
            pairs += isNew;
            samePlace += places[unit] == otherPlaces[Math.Min(other, none - 1)] ? isNew : 0;
        }

        return (pairs, samePlace);
    }

    private int AgreeOfTwo(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var count = 0;
        var at = 0;
        for (; at + Vector<int>.Count <= first.Length; at += Vector<int>.Count)
        {
            var (a, b) = (new Vector<int>(first[at..]), new Vector<int>(second[at..]));
            var isFirst = Vector.GreaterThanOrEqual(a, Vector<int>.Zero);
            Vector.ConditionalSelect(isFirst, a, b).CopyTo(_agreed, at);
            count -= Vector.Sum(Vector.Equals(a, b) & isFirst);
        }

        for (; at < first.Length; at++)
        {
            var (a, b) = (first[at], second[at]);
            _agreed[at] = a >= 0 ? a : b;
            count += a == b && a >= 0 ? 1 : 0;
        }

        return count;
    }

    private int AgreeOfThree(
        ReadOnlySpan<int> first,
        ReadOnlySpan<int> second,
        ReadOnlySpan<int> third
    )
    {
        var count = 0;
        var at = 0;
        for (; at + Vector<int>.Count <= first.Length; at += Vector<int>.Count)
        {
            var (a, b, c) = (
                new Vector<int>(first[at..]),
                new Vector<int>(second[at..]),
                new Vector<int>(third[at..])
            );
            var late = Vector.Equals(b, c) & Vector.GreaterThanOrEqual(b, Vector<int>.Zero);
            var early =
                (Vector.Equals(a, b) | Vector.Equals(a, c))
                & Vector.GreaterThanOrEqual(a, Vector<int>.Zero);
            var any = Vector.ConditionalSelect(
                Vector.GreaterThanOrEqual(a, Vector<int>.Zero),
                a,
                Vector.ConditionalSelect(Vector.GreaterThanOrEqual(b, Vector<int>.Zero), b, c)
            );
            Vector.ConditionalSelect(late, b, any).CopyTo(_agreed, at);
            count -= Vector.Sum(late | early);
        }

        for (; at < first.Length; at++)
        {
            var (a, b, c) = (first[at], second[at], third[at]);
            var (late, early) = (b == c && b >= 0, (a == b || a == c) && a >= 0);
            _agreed[at] =
                late ? b
                : a >= 0 ? a
                : b >= 0 ? b
                : c;
            count += late || early ? 1 : 0;
        }

        return count;
    }

    private int AgreeOfMany(int views)
    {
        var count = 0;
        for (var unit = 0; unit < _units; unit++)
        {
            var (best, votes) = (-1, 0);
            for (var view = 0; view < views; view++)
            {
                var candidate = _matchings[(view * _units) + unit];
                var (agree, before) = (0, 0);
                for (var other = 0; other < views; other++)
                {
                    var isSame = _matchings[(other * _units) + unit] == candidate ? 1 : 0;
                    agree += isSame;
                    before += other < view ? isSame : 0;
                }

                count += candidate >= 0 && agree >= 2 && before == 0 ? 1 : 0;
                if (candidate >= 0 && agree > votes)
                {
                    (best, votes) = (candidate, agree);
                }
            }

            _agreed[unit] = best;
        }

        return count;
    }
}
