using Concord.Ledger;

namespace Concord.Acts.Network;

/// <summary>
/// The root over what the authority kept on one day, in the order in which it was kept: whoever
/// holds one item can prove that it stands under the root, and nothing can be put in, changed or
/// taken out afterwards.
/// </summary>
public abstract record DailyRoot : Act
{
    /// <summary>The day in UTC, by the log's ticks; over at the last tick.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>How many items were kept.</summary>
    [Whole(0, WholeAttribute.JsonSafe)]
    public required long Count { get; init; }

    /// <summary>
    /// The Merkle root (RFC 6962) over the items; of an empty day the SHA-256 of nothing.
    /// </summary>
    public required Digest Root { get; init; }
}

/// <summary>
/// The daily root of the record of who read what is sealed. Wire name <c>network/read-root/1</c>.
/// </summary>
public sealed record ReadRoot : DailyRoot;

/// <summary>
/// The daily root of the refusals that were given out. Wire name <c>network/refusal-root/1</c>.
/// </summary>
public sealed record RefusalRoot : DailyRoot;
