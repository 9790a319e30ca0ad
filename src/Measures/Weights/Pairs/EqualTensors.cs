using Concord.Measures.Weights.Digests;

namespace Concord.Measures.Weights.Pairs;

/// <summary>
/// How much of two models is equal, number by number: tensors with the same digest, and tensors
/// that are so when one of them is transposed. Only evidence-bearing tensors count, each side in
/// its own stored bytes.
/// </summary>
/// <param name="Tensors">How many tensors of the left have an equal on the right.</param>
/// <param name="Transposed">How many of them are equal only when transposed.</param>
/// <param name="LeftShare">Their share of the bytes of the left, from 0 to 1.</param>
/// <param name="RightShare">Their share of the bytes of the right, from 0 to 1.</param>
public sealed record EqualTensors(int Tensors, int Transposed, double LeftShare, double RightShare)
{
    /// <summary>Nothing is equal.</summary>
    public static readonly EqualTensors None = new(0, 0, 0, 0);

    /// <summary>The larger share: of a part within a whole it is that of the part.</summary>
    public double Share => Math.Max(LeftShare, RightShare);

    /// <summary>Whether at least half of one side is on the other.</summary>
    public bool IsMost => Share >= 0.5;

    /// <summary>Compares two readings by the digests of their tensors alone.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static EqualTensors ByDigest(WeightsReading left, WeightsReading right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var (ours, theirs) = (Evidence(left), Evidence(right));
        return Of(ours, theirs, Equal(ours, theirs), transposed: 0);
    }

    /// <summary>The same, and reads again what may be equal when it is transposed.</summary>
    /// <param name="left">The one, still open.</param>
    /// <param name="right">The other, still open.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="WeightsFault">A source ends before its length.</exception>
    public static EqualTensors Of(
        WeightsReading left,
        WeightsReading right,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var (ours, theirs) = (Evidence(left), Evidence(right));
        var pairs = Equal(ours, theirs);
        var equal = pairs.Count;
        pairs.AddRange(ByTransposing(ours, theirs, pairs, cancel));
        return Of(ours, theirs, pairs, pairs.Count - equal);
    }

    private static EqualTensors Of(
        TensorDigest[] ours,
        TensorDigest[] theirs,
        List<(int Left, int Right)> pairs,
        int transposed
    )
    {
        return new(
            pairs.Count,
            transposed,
            Share(pairs.Select(pair => pair.Left), ours),
            Share(pairs.Select(pair => pair.Right), theirs)
        );

        double Share(IEnumerable<int> equals, TensorDigest[] all)
        {
            var bytes = all.Sum(one => one.Tensor.ByteLength);
            return bytes == 0 ? 0 : (double)equals.Sum(at => all[at].Tensor.ByteLength) / bytes;
        }
    }

    private static TensorDigest[] Evidence(WeightsReading reading) =>
        [.. reading.Tensors.Where(tensor => tensor.Kind == EvidenceKind.Evidence)];

    private static List<(int Left, int Right)> Equal(TensorDigest[] ours, TensorDigest[] theirs)
    {
        var waiting = new Dictionary<WeightsDigest, Queue<int>>();
        for (var at = 0; at < theirs.Length; at++)
        {
            if (!waiting.TryGetValue(theirs[at].Digest, out var places))
            {
                waiting.Add(theirs[at].Digest, places = new());
            }

            places.Enqueue(at);
        }

        var pairs = new List<(int, int)>();
        for (var at = 0; at < ours.Length; at++)
        {
            if (waiting.TryGetValue(ours[at].Digest, out var places) && places.Count > 0)
            {
                pairs.Add((at, places.Dequeue()));
            }
        }

        return pairs;
    }

    private static IEnumerable<(int Left, int Right)> ByTransposing(
        TensorDigest[] ours,
        TensorDigest[] theirs,
        List<(int Left, int Right)> known,
        CancellationToken cancel
    )
    {
        var left = Enumerable.Range(0, ours.Length).Except(known.Select(pair => pair.Left));
        var right = Enumerable
            .Range(0, theirs.Length)
            .Except(known.Select(pair => pair.Right))
            .ToList();
        foreach (var at in left.ToArray())
        {
            cancel.ThrowIfCancellationRequested();
            var found = right.FindIndex(other =>
                TransposedTensors.AreEqual(ours[at].Tensor, theirs[other].Tensor, cancel)
            );
            if (found >= 0)
            {
                yield return (at, right[found]);
                right.RemoveAt(found);
            }
        }
    }
}
