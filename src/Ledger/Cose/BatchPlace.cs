using System.Buffers.Binary;

namespace Concord.Ledger;

/// <summary>
/// Where a statement stands among those that a passkey signs by one assertion: the leaf of a Merkle
/// tree over their ids (<c>specs/signers.md</c> §4).
/// </summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Count">How many are signed, 1 to <see cref="Most"/>.</param>
/// <param name="Path">What leads from it to the root, its sibling first.</param>
public sealed record BatchPlace(int Index, int Count, IReadOnlyList<Digest> Path)
{
    /// <summary>The most statements that one assertion signs.</summary>
    public const int Most = 1 << 17;

    /// <summary>
    /// What the authenticator is challenged with: SHA-256("concord/batch/v1\0" ‖ count ‖ root). A
    /// root alone does not say how many leaves are under it; with the count, a place has one path.
    /// </summary>
    /// <param name="count">How many statements are signed.</param>
    /// <param name="root">The root over their ids.</param>
    public static Digest Challenge(int count, Digest root)
    {
        ReadOnlySpan<byte> context = "concord/batch/v1\0"u8;
        Span<byte> message = stackalloc byte[context.Length + sizeof(long) + Digest.Size];
        context.CopyTo(message);
        BinaryPrimitives.WriteInt64BigEndian(message[context.Length..], count);
        root.CopyTo(message[(context.Length + sizeof(long))..]);
        return Digest.Of(message);
    }

    /// <summary>The tree over the ids of statements, in their order.</summary>
    public static MerkleTree TreeOf(IEnumerable<Digest> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var tree = new MerkleTree();
        foreach (var id in ids)
        {
            tree.Append(LeafOf(id));
        }

        return tree;
    }

    /// <summary>
    /// What the assertion must answer for a statement to have this place; null: the place is none.
    /// </summary>
    /// <param name="id">The statement's id.</param>
    public Digest? ChallengeFor(Digest id) =>
        Proofs.RootFromInclusion(LeafOf(id), Index, Count, Path) is { } root
            ? Challenge(Count, root)
            : null;

    /// <summary>How many digests lead from a place to the root.</summary>
    internal static int PathLength(int index, int count)
    {
        var length = 0;
        for (var last = count - 1; last > 0; index >>= 1, last >>= 1)
        {
            // The last node of a level that has no right neighbour goes up unchanged.
            length += (index & 1) == 1 || index < last ? 1 : 0;
        }

        return length;
    }

    private static Digest LeafOf(Digest id)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        id.CopyTo(bytes);
        return MerkleTree.LeafHash(bytes);
    }
}
