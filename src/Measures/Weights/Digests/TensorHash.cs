using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Concord.Measures.Weights.Digests;

/// <summary>
/// The canonical digest of one tensor: SHA-256 over its canonical type, its sizes without those of
/// one, and the SHA-256 of each piece of 2¹⁹ numbers, so that pieces can be hashed side by side
/// (specs/fingerprint.md, §1).
/// </summary>
internal sealed class TensorHash
{
    /// <summary>How many numbers a piece has: whole blocks of every type.</summary>
    public const int PieceElements = 1 << 19;

    /// <summary>
    /// So many numbers are rewritten and hashed while a near cache holds them: whole blocks too.
    /// </summary>
    private const int PartElements = 1 << 14;

    private readonly WeightsTensor _tensor;
    private readonly byte[] _leaves;
    private readonly int[] _tried;
    private readonly int[] _zeros;
    private int _candidate;

    public TensorHash(WeightsTensor tensor)
    {
        _tensor = tensor;
        Pieces = checked((int)((tensor.Elements + PieceElements - 1) / PieceElements));
        _leaves = new byte[Pieces * WeightsDigest.Length];
        _tried = new int[Pieces];
        _zeros = new int[Pieces];
    }

    /// <summary>How many pieces there are.</summary>
    public int Pieces { get; }

    /// <summary>Hashes a piece; several may be hashed at once.</summary>
    public void Hash(int piece, PieceRoom room)
    {
        var candidate = Volatile.Read(ref _candidate);
        while (!TryHash(piece, candidate, room))
        {
            Interlocked.CompareExchange(ref _candidate, candidate + 1, candidate);
            candidate = Volatile.Read(ref _candidate);
        }

        _tried[piece] = candidate + 1;
    }

    /// <summary>The digest, once all pieces are hashed, and how many numbers are zero.</summary>
    public (WeightsDigest Digest, long Zeros) Finish(PieceRoom room)
    {
        // Where a late piece fitted no narrow type, those before it were hashed in it in vain.
        for (var piece = 0; piece < Pieces; piece++)
        {
            if (_tried[piece] != _candidate + 1)
            {
                Hash(piece, room);
                piece = -1;
            }
        }

        var sizes = Roles.LayoutReader.Sizes(_tensor);
        var head = new byte[8 + (8 * sizes.Length)];
        head[0] = Code(Type);
        head[1] = checked((byte)sizes.Length);
        for (var at = 0; at < sizes.Length; at++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8 + (8 * at)), sizes[at]);
        }

        return (
            new(SHA256.HashData((byte[])[.. head, .. _leaves])),
            _zeros.Sum(zeros => (long)zeros)
        );
    }

    private ElementType Type
    {
        get
        {
            var candidates = CanonicalNumbers.Candidates(_tensor.Element);
            return candidates.Length == 0 ? _tensor.Element : candidates[_candidate];
        }
    }

    private bool TryHash(int piece, int candidate, PieceRoom room)
    {
        var bytes = room.Read(_tensor, piece);
        var leaf = _leaves.AsSpan(piece * WeightsDigest.Length, WeightsDigest.Length);
        var candidates = CanonicalNumbers.Candidates(_tensor.Element);
        if (candidates.Length == 0)
        {
            SHA256.HashData(bytes, leaf);
            return true;
        }

        var layout = ElementLayout.Of(_tensor.Element);
        var most = PartElements / layout.BlockElements * layout.BlockBytes;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var zeros = 0;
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(most, bytes.Length)];
            bytes = bytes[part.Length..];
            if (
                !CanonicalNumbers.TryRewrite(
                    _tensor.Element,
                    candidates[candidate],
                    part,
                    room.Numbers,
                    out var canonical
                )
            )
            {
                return false;
            }

            hash.AppendData(canonical);
            zeros += Zeros(canonical, candidates[candidate]);
        }

        hash.GetHashAndReset(leaf);
        _zeros[piece] = zeros;
        return true;
    }

    private static int Zeros(ReadOnlySpan<byte> canonical, ElementType type) =>
        type == ElementType.F32
            ? MemoryMarshal.Cast<byte, uint>(canonical).Count(0u)
            : MemoryMarshal.Cast<byte, ushort>(canonical).Count((ushort)0);

    /// <summary>
    /// The number of a type in digests: it never changes, whatever becomes of the names.
    /// </summary>
    private static byte Code(ElementType type) =>
        type switch
        {
            ElementType.BF16 => 1,
            ElementType.F16 => 2,
            ElementType.F32 => 3,
            ElementType.F64 => 4,
            ElementType.C64 => 5,
            ElementType.Bool => 6,
            ElementType.I8 => 8,
            ElementType.U8 => 9,
            ElementType.I16 => 10,
            ElementType.U16 => 11,
            ElementType.I32 => 12,
            ElementType.U32 => 13,
            ElementType.I64 => 14,
            ElementType.U64 => 15,
            ElementType.Q4_0 => 32,
            ElementType.Q4_1 => 33,
            ElementType.Q5_0 => 36,
            ElementType.Q5_1 => 37,
            ElementType.Q8_0 => 38,
            ElementType.Q2_K => 40,
            ElementType.Q3_K => 41,
            ElementType.Q4_K => 42,
            ElementType.Q5_K => 43,
            ElementType.Q6_K => 44,
            _ => 0,
        };
}
