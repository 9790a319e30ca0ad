using Concord.Acts.Registry;
using Concord.Ledger;

namespace Concord.Acts.Lineage;

/// <summary>One side of a pair: a release, a file or weights; one of them.</summary>
public sealed record EvidenceSide
{
    /// <summary>A release in the register.</summary>
    public ReleaseId? Release { get; init; }

    /// <summary>The SHA-256 of a file.</summary>
    public Digest? File { get; init; }

    /// <summary>A weights digest.</summary>
    public Digest? Weights { get; init; }
}

/// <summary>What tells which of two was made from the other.</summary>
public enum DirectionGround
{
    /// <summary>The one was public before the other.</summary>
    Dates,

    /// <summary>The weights themselves: rounded, cut or added to in the one alone.</summary>
    Weights,

    /// <summary>Documents: a model card, a paper, a contract.</summary>
    Documents,
}

/// <summary>Why the parent is thought to have come first.</summary>
public sealed record Direction
{
    /// <summary>The ground.</summary>
    public required DirectionGround Ground { get; init; }

    /// <summary>What was seen.</summary>
    [Text(1000)]
    public required string Says { get; init; }
}

/// <summary>
/// Evidence that two sets of weights were not trained independently. It says neither who copied
/// nor whether that was allowed. Wire name <c>lineage/evidence/1</c>.
/// </summary>
public sealed record EvidenceAct : Act
{
    /// <summary>Who compared them, and signs.</summary>
    public required PartyId By { get; init; }

    /// <summary>What is thought to have been made; the one side where nothing tells.</summary>
    public required EvidenceSide Child { get; init; }

    /// <summary>What it is thought to have been made from; the other side.</summary>
    public required EvidenceSide Parent { get; init; }

    /// <summary>The method: a name such as <c>unit-agreement</c>.</summary>
    [Text(80, Form = TextForm.Token)]
    public required string Method { get; init; }

    /// <summary>The version of the method.</summary>
    [Whole(1, 255)]
    public required int MethodVersion { get; init; }

    /// <summary>The tool with its version.</summary>
    [Text(200)]
    public required string Tool { get; init; }

    /// <summary>What was counted or measured, and what chance would give.</summary>
    [Text(1000)]
    public required string Statistic { get; init; }

    /// <summary>
    /// The probability of such agreement between strangers is at most ten to minus this, corrected
    /// for all comparisons.
    /// </summary>
    [Whole(1, 1_000_000)]
    public required int MinusLog10P { get; init; }

    /// <summary>For how many comparisons it is corrected.</summary>
    [Whole(1, WholeAttribute.JsonSafe)]
    public required long Comparisons { get; init; }

    /// <summary>The relation that the evidence suggests; absent: none in particular.</summary>
    public Relation? Relation { get; init; }

    /// <summary>Why the parent came first; absent: nothing tells.</summary>
    public Direction? Direction { get; init; }

    /// <summary>The day of the comparison.</summary>
    public required DateOnly ComparedOn { get; init; }
}
