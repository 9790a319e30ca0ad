using System.Security.Cryptography;
using Concord.Measures.Weights.Digests;
using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights;

/// <summary>
/// The work of one reading, in pieces that threads take one after the other: each file's digest,
/// pieces of tensors in the order of the file, and at the end the sketch of units. What comes out
/// does not depend on who did what.
/// </summary>
internal sealed class WeightsWork
{
    private const int BlockBytes = 1 << 20;

    private readonly IReadOnlyList<WeightsTensor> _tensors;
    private readonly IReadOnlyList<ByteSource> _files;
    private readonly IProgress<long>? _progress;
    private readonly CancellationToken _cancel;
    private readonly List<Action<PieceRoom>> _items = [];
    private readonly TensorHash[] _hashes;
    private readonly Lazy<EvidenceKind>[] _kinds;
    private int _next;

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
    }

    public WeightsDigest[] Files { get; }

    public IReadOnlyList<TensorDigest> Tensors { get; private set; } = [];

    public IReadOnlyList<UnitSketch> Layers { get; private set; } = [];

    public ulong[] Scan { get; private set; } = new ulong[Fingerprint.ScanWords];

    public void Run(int workers)
    {
        // The sketch is the longest item that nothing can share: it goes first on its own thread.
        var sketch = Task.Run(Sketch, _cancel);
        Task.WaitAll(
            [
                .. Enumerable.Range(0, Math.Max(1, workers)).Select(_ => Task.Run(Take, _cancel)),
                sketch,
            ],
            _cancel
        );
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

    private void Take()
    {
        var room = new PieceRoom();
        for (int item; (item = Interlocked.Increment(ref _next) - 1) < _items.Count; )
        {
            _cancel.ThrowIfCancellationRequested();
            _items[item](room);
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
            .Where(tensor =>
                EvidenceCheck.Of(tensor) is EvidenceKind.Evidence or EvidenceKind.Small
            )
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
