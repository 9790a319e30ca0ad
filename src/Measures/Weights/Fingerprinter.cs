using Concord.Measures.Weights.Digests;

namespace Concord.Measures.Weights;

/// <summary>Reads weights once: digests of files and tensors, and the fingerprint.</summary>
public static class Fingerprinter
{
    /// <summary>One step after another.</summary>
    public static void OneByOne(int steps, Action<int> step)
    {
        for (var at = 0; at < steps; at++)
        {
            step(at);
        }
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="contents">What the files hold.</param>
    /// <param name="files">The files, whose digests are wanted too.</param>
    /// <param name="work">Who does the work; see <see cref="OneByOne" />.</param>
    /// <param name="progress">Told of bytes hashed, of files and of tensors; null: nobody.</param>
    /// <param name="cancel">Ends it.</param>
    public static WeightsReading Read(
        WeightsContents contents,
        IReadOnlyList<ByteSource> files,
        StepsOfWork work,
        IProgress<long>? progress,
        CancellationToken cancel
    )
    {
        var reading = new WeightsWork(contents.Tensors, files, progress, cancel);
        work(reading.Steps, reading.Do);
        reading.Finish();
        var evidence = reading
            .Tensors.Where(tensor => tensor.Kind == EvidenceKind.Evidence)
            .ToArray();
        var numbers = evidence.Sum(tensor => tensor.Tensor.Elements);
        var bytes = evidence.Sum(tensor => tensor.Tensor.ByteLength);
        var zeros = evidence.Sum(tensor => tensor.Zeros);
        return new(
            new()
            {
                Weights = WeightsTree.Root(evidence.Select(tensor => tensor.Digest)),
                Parameters = numbers,
                SixteenthBits = numbers == 0 ? 0 : (int)((Int128)bytes * 128 / numbers),
                ZerosPerMillion = numbers == 0 ? 0 : (int)((Int128)zeros * 1_000_000 / numbers),
                Scan = reading.Scan,
                Layers = reading.Layers,
            },
            reading.Tensors,
            reading.Files
        );
    }
}
