namespace Concord.Cli.Scanning;

/// <summary>One thing in a register that a model is, or was made from.</summary>
internal sealed record IdentifiedMatch
{
    /// <summary>The digest that was asked for, or the word fingerprint.</summary>
    public required string Asked { get; init; }

    /// <summary>registered, derivative or unknown.</summary>
    public required string Verdict { get; init; }

    /// <summary>The release or model; null: unknown.</summary>
    public string? Subject { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>The figure, where a fingerprint told.</summary>
    public int? Log10P { get; init; }

    /// <summary>Whether the weights digests are equal.</summary>
    public bool? SameWeights { get; init; }

    /// <summary>The relation that an act suggests.</summary>
    public string? Relation { get; init; }

    /// <summary>The act that it was recognised by.</summary>
    public string? Act { get; init; }

    /// <summary>The word for its standing.</summary>
    public required string Standing { get; init; }

    /// <summary>Whether it is in good standing.</summary>
    public required bool IsGood { get; init; }

    /// <summary>The signed standing of it; null: the authority signs none.</summary>
    public byte[]? Answer { get; init; }

    /// <summary>Whether it is about the digest that was asked for, and of any use.</summary>
    public bool IsKnown => Subject is not null;
}
