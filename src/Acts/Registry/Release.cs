using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts.Registry;

/// <summary>
/// A release of a registered model: one set of weights, whoever may have them. Wire name
/// <c>registry/release/1</c>.
/// </summary>
public sealed record Release : Act
{
    /// <summary>The model.</summary>
    public required ModelId Model { get; init; }

    /// <summary>What the release is called.</summary>
    [Text(200)]
    public required string Name { get; init; }

    /// <summary>The weights; at least one digest.</summary>
    [Items(1, 4096)]
    public required IReadOnlyList<WeightsFile> Weights { get; init; }

    /// <summary>The licence, an SPDX expression or its name.</summary>
    [Text(200)]
    public required string Licence { get; init; }

    /// <summary>Who may have the weights.</summary>
    public required WeightsAccess Access { get; init; }

    /// <summary>The day of the release.</summary>
    public required DateOnly ReleasedOn { get; init; }
}

/// <summary>A file of weights.</summary>
public sealed record WeightsFile
{
    /// <summary>The SHA-256 of the file.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The format: safetensors, gguf, onnx, pytorch, other.</summary>
    [Text(11, Form = TextForm.WeightsFormat)]
    public required string Format { get; init; }

    /// <summary>The file's size in bytes.</summary>
    [Whole(1, WholeAttribute.JsonSafe)]
    public required long SizeBytes { get; init; }
}

/// <summary>How a derivative was made.</summary>
public enum Relation
{
    /// <summary>The same weights under another name or in another place.</summary>
    Copy,

    /// <summary>Trained further on a task.</summary>
    FineTune,

    /// <summary>A small addition to unchanged weights.</summary>
    Adapter,

    /// <summary>Combined out of several.</summary>
    Merge,

    /// <summary>Stored with fewer bits.</summary>
    Quantisation,

    /// <summary>With parts removed.</summary>
    Pruning,

    /// <summary>Trained on the outputs of another.</summary>
    Distillation,

    /// <summary>Pre-trained further.</summary>
    ContinuedPreTraining,

    /// <summary>Stored in another format.</summary>
    Conversion,
}

/// <summary>
/// The declaration that a release was made from others, by its maker. Wire name
/// <c>registry/derive/1</c>.
/// </summary>
public sealed record Derive : Act
{
    /// <summary>The derivative.</summary>
    public required ReleaseId Child { get; init; }

    /// <summary>What it was made from; at least one.</summary>
    [Items(1, 64, Distinct = true)]
    public required IReadOnlyList<SubjectId> Parents { get; init; }

    /// <summary>How.</summary>
    public required Relation Relation { get; init; }

    /// <summary>Who made it, and signs.</summary>
    public required PartyId By { get; init; }

    /// <summary>Compute of the modification, at least, FLOP.</summary>
    public Flop? ComputeLow { get; init; }

    /// <summary>Compute of the modification, at most, FLOP.</summary>
    public Flop? ComputeHigh { get; init; }

    /// <summary>Whether safeguards of the parent were removed.</summary>
    public bool? SafeguardsRemoved { get; init; }

    /// <summary>Whether an evaluation shows a capability above the parent's.</summary>
    public bool? CapabilityRaised { get; init; }

    /// <summary>The day on which it was given to others; absent: not yet.</summary>
    public DateOnly? PublishedOn { get; init; }
}
