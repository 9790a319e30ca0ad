using System.Globalization;
using System.Text;

namespace Concord.Ledger;

/// <summary>
/// A log has signed two checkpoints that no one tree can have: the gravest thing a log can do. What
/// proves it is carried along, and anybody can check it with the log's key alone.
/// </summary>
/// <param name="held">The note that was held.</param>
/// <param name="shown">The note that was shown.</param>
/// <param name="size">The smaller of the two sizes.</param>
/// <param name="root">The root that the tree of the larger one has at the smaller size.</param>
/// <param name="path">The consistency proof from that root to the larger checkpoint.</param>
public sealed class LogForkException(
    string held,
    string shown,
    long size,
    Digest root,
    IReadOnlyList<Digest> path
)
    : Exception(
        $"The log has signed two histories: its checkpoints have different roots at size {size}."
    )
{
    /// <summary>The note that was held.</summary>
    public string Held { get; } = held;

    /// <summary>The note that was shown.</summary>
    public string Shown { get; } = shown;

    /// <summary>
    /// What ties them together, as text: the smaller size, the root that the larger tree has there,
    /// and the consistency proof (RFC 6962) from it to the larger checkpoint, a hash a line.
    /// </summary>
    public string Proof { get; } =
        new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{size}\n{root.ToBase64()}\n")
            .AppendJoin("", path.Select(hash => hash.ToBase64() + "\n"))
            .ToString();
}
