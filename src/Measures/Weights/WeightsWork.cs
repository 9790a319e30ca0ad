using System.Collections.Concurrent;
using System.Security.Cryptography;
using Concord.Measures.Weights.Digests;
using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights;

/// <summary>
/// The work of one reading in steps: the sketch of units, each file's digest, and pieces of tensors
/// in the order of the file. What comes out does not depend on who did what.
/// </summary>
internal sealed class WeightsWork
{
    private const int BlockBytes = 1 << 20;

    private readonly IReadOnlyList<WeightsTensor> _tensors;
    private readonly IReadOnlyList<ByteSource> _files;
    private readonly IProgress<long>? _progress;
    private readonly CancellationToken _cancel;
    private readonly List<Action<PieceRoom>> _items = [];
    private readonly ConcurrentBag<PieceRoom> _rooms = [];
    private readonly TensorHash[] _hashes;
    private readonly Lazy<EvidenceKind>[] _kinds;

    public WeightsWork(
        IReadOnlyList<WeightsTensor> tensors,
        IReadOnlyList<ByteSource> files,
        IProgress<long>? progress,
        CancellationToken cancel
    )
    {
        (_tensors, _files, _progress, _cancel) = (tensors, files, progress, cancel);
        _hashes = [.. tensors.Select(tensor => new TensorHash(tensor))];
        _kinds =
        [
            .. tensors.Select(tensor => new Lazy<EvidenceKind>(() => EvidenceCheck.Of(tensor))),
        ];
        Files = new WeightsDigest[files.Count];
        for (var file = 0; file < files.Count; file++)
        {
            var place = file;
            _items.Add(_ => HashFile(place));
        }

        foreach (var tensor in Enumerable.Range(0, tensors.Count).OrderBy(Order))
        {
            AddTensor(tensor);
        }

        // It reads here and there, which is dear before the rest was read in order, and nobody can
        // share it, so that it cannot come last either.
        _items.Insert(files.Count + (3 * (_items.Count - files.Count) / 5), _ => Sketch());
    }

    public WeightsDigest[] Files { get; }

    public IReadOnlyList<TensorDigest> Tensors { get; private set; } = [];

    public IReadOnlyList<UnitSketch> Layers { get; private set; } = [];

    public ulong[] Scan { get; private set; } = new ulong[Fingerprint.ScanWords];

    /// <summary>How many steps there are.</summary>
    public int Steps => _items.Count;

    /// <summary>Does one.</summary>
    public void Do(int step)
    {
        _cancel.ThrowIfCancellationRequested();
        var room = _rooms.TryTake(out var free) ? free : new PieceRoom();
        _items[step](room);
        _rooms.Add(room);
    }

    /// <summary>Gathers what all steps gave.</summary>
    public void Finish()
    {
        var room = new PieceRoom();
        Tensors =
        [
            .. _tensors.Select(
                (tensor, at) =>
                {
                    var (digest, zeros) = _hashes[at].Finish(room);
                    return new TensorDigest(tensor, digest, _kinds[at].Value, zeros);
                }
            ),
        ];
    }

    private long Order(int tensor) => _tensors[tensor].Offset;

    private void AddTensor(int tensor)
    {
        var hash = _hashes[tensor];
        for (var piece = 0; piece < hash.Pieces; piece++)
        {
            var place = piece;
            _items.Add(room =>
            {
                hash.Hash(place, room);
                _progress?.Report(_tensors[tensor].ByteLength / hash.Pieces);
            });
        }
    }

    private void HashFile(int place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockBytes];
        var at = 0L;
        for (int count; (count = _files[place].Read(at, block)) > 0; at += count)
        {
            _cancel.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, count);
            _progress?.Report(count);
        }

        Files[place] = new(hash.GetHashAndReset());
    }

    private void Sketch()
    {
        var evidence = _tensors
            .Where((_, at) => _kinds[at].Value is EvidenceKind.Evidence or EvidenceKind.Small)
            .ToArray();
        var layout = LayoutReader.Read(evidence);
        var scan = new ScanSketch();
        Layers =
            layout.Layers.Count > 0 ? new StreamSketcher(layout).Sketch(scan)
            : layout.Chain.Count > 0 ? new ChainSketcher(layout).Sketch(scan)
            : [];
        Scan = scan.Bits();
    }
}
