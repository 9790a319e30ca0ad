namespace Concord.Ledger;

/// <summary>
/// Reads entries that are checked while they are read: each against its leaf in a tree whose root
/// the log has signed. An entry that is not the one that was logged is never handed out.
/// </summary>
/// <param name="store">Where the entries are.</param>
/// <param name="tree">The tree over them.</param>
public sealed class LogReader(ILogStore store, MerkleTree tree)
{
    /// <summary>The tree that the entries are checked against.</summary>
    public MerkleTree Tree => tree;

    /// <summary>
    /// Reads a log from its store alone, without tiles: the head's signature is checked, the tree
    /// is
    /// built from all entries, and its root must be the head's.
    /// </summary>
    /// <param name="store">Where the entries are.</param>
    /// <param name="log">The log's keys.</param>
    /// <param name="head">The head; null for a log without entries.</param>
    /// <exception cref="InvalidDataException">The store does not hold what the log has
    /// signed.</exception>
    public static LogReader Open(ILogStore store, LogKeys log, out PublishedHead? head)
    {
        ArgumentNullException.ThrowIfNull(store);
        head = ReadHead(store, log);
        var tree = new MerkleTree();
        if (head is not null)
        {
            Grow(tree, store, head.Checkpoint.Size);
            CheckRoot(tree, head.Checkpoint);
        }

        return new(store, tree);
    }

    /// <summary>The entries from one index to another (exclusive), each checked.</summary>
    /// <exception cref="InvalidDataException">An entry is missing, or not the one that was
    /// logged.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Entries(long from, long to)
    {
        var index = from;
        foreach (var entry in store.ReadEntries(from, to))
        {
            if (MerkleTree.LeafHash(entry.Span) != tree.Leaf(index))
            {
                throw new InvalidDataException(
                    $"Entry {index} in the store is not the one that was logged: its hash is not "
                        + "the leaf of the tree. `concord fsck` names what is damaged and "
                        + "repairs it."
                );
            }

            yield return entry;
            index++;
        }
    }

    /// <summary>The entry at an index, checked.</summary>
    /// <exception cref="InvalidDataException">The entry is missing, or not the one that was
    /// logged.</exception>
    public ReadOnlyMemory<byte> Entry(long index) => Entries(index, index + 1).Single();

    internal static PublishedHead? ReadHead(ILogStore store, LogKeys log)
    {
        if (store.ReadHead() is not { } head)
        {
            return null;
        }

        if (!Checkpoint.TryOpen(head.Note, log, out var checkpoint, out var fault))
        {
            throw new InvalidDataException($"The head in the log store is not the log's: {fault}");
        }

        return checkpoint.Size == head.Size && checkpoint.Root == head.Root
            ? new(checkpoint, head.Note)
            : throw new InvalidDataException(
                $"The head in the log store says size {head.Size}, its signed checkpoint "
                    + $"size {checkpoint.Size}, or the roots differ."
            );
    }

    internal static void Grow(MerkleTree tree, ILogStore store, long to)
    {
        foreach (var entry in store.ReadEntries(tree.Size, to))
        {
            tree.Append(MerkleTree.LeafHash(entry.Span));
        }
    }

    internal static void CheckRoot(MerkleTree tree, Checkpoint checkpoint)
    {
        if (tree.Root(checkpoint.Size) != checkpoint.Root)
        {
            throw new InvalidDataException(
                $"The entries in the store do not give the root that the log signed at size "
                    + $"{checkpoint.Size}. `concord fsck` names what is damaged."
            );
        }
    }
}
