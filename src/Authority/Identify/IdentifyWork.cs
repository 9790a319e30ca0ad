namespace Concord.Authority.Identify;

/// <summary>What a question has cost so far, also one that nobody waits for any more.</summary>
public sealed class IdentifyWork
{
    /// <summary>To compare one whole costs as much as to screen so many.</summary>
    public const int OfComparison = 16;

    /// <summary>To scan so many sketches costs as much as to screen one.</summary>
    public const int SketchesOfOne = 1_000;

    /// <summary>In fingerprints screened.</summary>
    public long Units { get; private set; }

    internal void Add(long units) => Units += units;
}
