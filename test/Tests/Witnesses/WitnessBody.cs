using System.Text;
using Concord.Ledger;
using Concord.Stores;
using Concord.Tests.Ledger;

namespace Concord.Tests.Witnesses;

/// <summary>Requests to a witness of the log of the vectors.</summary>
internal static class WitnessBody
{
    public const long Time = 1_700_000_000;

    public static NoteSigner Log { get; } = Vectors.LogKey();

    public static MerkleTree Tree { get; } = Vectors.TreeOf(300);

    /// <summary>A tree that has its first 100 entries in common with the other.</summary>
    public static MerkleTree Fork { get; } = ForkAt(100);

    public static Witness Witness() => new(Vectors.WitnessKey(), [Log.Verifier]);

    public static Checkpoint At(long size, MerkleTree? tree = null) =>
        new(Vectors.Origin, size, (tree ?? Tree).Root(size));

    /// <summary>The request that an honest log makes, with what a test bends.</summary>
    public static string From(
        long old,
        long size,
        MerkleTree? tree = null,
        IReadOnlyList<Digest>? proof = null
    ) =>
        new AddCheckpoint(
            old,
            proof ?? (tree ?? Tree).ConsistencyProof(old, size),
            At(size, tree).Sign(Log),
            At(size, tree)
        ).ToString();

    /// <summary>Asks a witness, with what it has stored.</summary>
    public static WitnessAnswer Ask(this Witness witness, WitnessStore store, string body) =>
        witness.TryOpen(Encoding.UTF8.GetBytes(body), out var request, out var refused)
            ? store.Decide(request.Checkpoint.Origin, last => witness.Judge(request, last, Time))
            : refused;

    private static MerkleTree ForkAt(int size)
    {
        var tree = Vectors.TreeOf(size);
        for (var i = size; i < 300; i++)
        {
            tree.Append(MerkleTree.LeafHash(Vectors.TwoBytes(i + 1000)));
        }

        return tree;
    }
}
