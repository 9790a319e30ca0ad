using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// Proof that a log contradicted itself (<c>specs/monitor.md</c>): two checkpoints that it signed,
/// and the nodes that give the later one's root, whose beginning gives another root than the
/// earlier one says. It is checked with the log's keys alone.
/// </summary>
/// <param name="Earlier">The signed note of the smaller tree, or of the one seen first.</param>
/// <param name="Later">The signed note of the other.</param>
/// <param name="Nodes">The nodes up to the earlier size, then those from it to the later one; none
/// where the sizes are the same.</param>
public sealed record ForkProof(string Earlier, string Later, IReadOnlyList<Digest> Nodes)
{
    /// <summary>The nodes that a comparison of two sizes needs, in their order.</summary>
    public static IReadOnlyList<TreeNode> NodesOf(long earlier, long later) =>
        earlier == later
            ? []
            : [.. TreeNode.Between(0, earlier), .. TreeNode.Between(earlier, later)];

    /// <summary>The roots that nodes give at both sizes; null where they are too many or too few.
    /// </summary>
    public static (Digest Earlier, Digest Later)? RootsOf(
        long earlier,
        long later,
        IReadOnlyList<Digest> nodes
    )
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var places = NodesOf(earlier, later);
        if (places.Count != nodes.Count)
        {
            return null;
        }

        var frontier = new TreeFrontier();
        var first = earlier == 0 ? frontier.Root : default;
        for (var i = 0; i < nodes.Count; i++)
        {
            frontier.Add(places[i].Level, nodes[i]);
            first = frontier.Size == earlier ? frontier.Root : first;
        }

        return (first, frontier.Root);
    }

    /// <summary>Whether it proves what it says.</summary>
    /// <param name="log">The log's keys.</param>
    /// <param name="fault">Why it proves nothing.</param>
    public bool Proves(LogKeys log, [NotNullWhen(false)] out string? fault)
    {
        if (
            !Checkpoint.TryOpen(Earlier, log, out var earlier, out fault)
            || !Checkpoint.TryOpen(Later, log, out var later, out fault)
        )
        {
            return false;
        }

        if (earlier.Size > later.Size)
        {
            fault = "The earlier checkpoint is of the larger tree.";
            return false;
        }

        if (earlier.Size == later.Size)
        {
            fault =
                Nodes.Count > 0 ? "Checkpoints of one size need no nodes."
                : earlier.Root == later.Root ? "Both checkpoints say the same."
                : null;
            return fault is null;
        }

        fault =
            RootsOf(earlier.Size, later.Size, Nodes) is not { } roots
                ? $"{Nodes.Count} nodes are not as many as the two sizes ask."
            : roots.Later != later.Root ? "The nodes do not give the later root."
            : roots.Earlier == earlier.Root ? "The later tree begins with the earlier one."
            : null;
        return fault is null;
    }
}
