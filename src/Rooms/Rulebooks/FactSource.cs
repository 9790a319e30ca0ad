using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>Where a fact comes from.</summary>
/// <param name="By">Who states it.</param>
/// <param name="Words">The source as people read it, <em>Epoch AI, rated Confident</em>.</param>
public sealed record FactSource(Asserter By, string Words)
{
    /// <summary>The log index of the act that says it; null: no act does.</summary>
    public long? Act { get; init; }

    /// <summary>From which day it holds.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Up to which day it holds.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>When it became known.</summary>
    public Instant? KnownAt { get; init; }

    /// <summary>
    /// The estimate that this number was scaled from. Two numbers of one estimate share its error,
    /// which then cancels in their ratio.
    /// </summary>
    public Estimate? Estimate { get; init; }

    /// <summary>What the reader should know about this value.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it is an assumption of either kind.</summary>
    public bool IsAssumption => By is Asserter.Assumption or Asserter.WhatIf;
}
