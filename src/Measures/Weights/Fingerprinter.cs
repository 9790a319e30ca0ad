using Concord.Measures.Weights.Digests;
using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights;

/// <summary>What one pass over weights yields.</summary>
/// <param name="Fingerprint">The large form.</param>
/// <param name="Tensors">The canonical digest of each tensor, in the order of the file.</param>
/// <param name="Files">The SHA-256 of each file, in the order given.</param>
public sealed record WeightsReading(
    Fingerprint Fingerprint,
    IReadOnlyList<TensorDigest> Tensors,
    IReadOnlyList<WeightsDigest> Files
);

/// <summary>Reads weights once: digests of files and tensors, and the fingerprint.</summary>
public static class Fingerprinter
{
    /// <summary>Reads all of it.</summary>
    /// <param name="contents">What the files hold.</param>
    /// <param name="files">The files, whose digests are wanted too.</param>
    /// <param name="workers">How many threads may work.</param>
    /// <param name="progress">Told of bytes hashed, of files and of tensors; null: nobody.</param>
    /// <param name="cancel">Ends it.</param>
    public static WeightsReading Read(
        WeightsContents contents,
        IReadOnlyList<ByteSource> files,
        int workers,
        IProgress<long>? progress,
        CancellationToken cancel
    )
    {
        var work = new WeightsWork(contents.Tensors, files, progress, cancel);
        work.Run(workers);
        var evidence = work.Tensors.Where(tensor => tensor.Kind == EvidenceKind.Evidence).ToArray();
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
                Scan = work.Scan,
                Layers = work.Layers,
            },
            work.Tensors,
            work.Files
        );
    }
}
