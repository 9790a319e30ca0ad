using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Adapters;
using Concord.Measures.Weights.Digests;

namespace Concord.Cli.Scanning;

/// <summary>A model that was read: once, and nothing of it is kept but this.</summary>
internal sealed record ScannedModel
{
    /// <summary>What it is called: a path, an entry of an archive, an address.</summary>
    public required string Name { get; init; }

    /// <summary>The files that it consists of.</summary>
    public required IReadOnlyList<ScannedFile> Files { get; init; }

    /// <summary>The format.</summary>
    public required WeightsFormat Format { get; init; }

    /// <summary>What the file says of itself and nobody has checked.</summary>
    public required IReadOnlyDictionary<string, string> Claims { get; init; }

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Digests of tensors and the fingerprint.</summary>
    public required WeightsReading Reading { get; init; }

    /// <summary>The fingerprint, the large form.</summary>
    public Fingerprint Fingerprint => Reading.Fingerprint;

    /// <summary>The weights digest as acts write it.</summary>
    public Digest Weights => new(Fingerprint.Weights.ToArray());

    /// <summary>Whether any tensor is evidence: else there is nothing to recognise it by.</summary>
    public bool HasEvidence => Reading.Tensors.Any(tensor => tensor.Kind == EvidenceKind.Evidence);

    /// <summary>The base that it says it is an adapter for; null: it is no adapter.</summary>
    public string? AdapterFor =>
        Claims.ContainsKey("peft_type")
            ? Claims.GetValueOrDefault("base_model_name_or_path", "a base that it does not name")
            : null;

    /// <summary>What it adds to its base; null: it is no adapter.</summary>
    public AdapterDifference? Difference =>
        AdapterDifference.Of([.. Reading.Tensors.Select(tensor => tensor.Tensor)], Claims);
}
