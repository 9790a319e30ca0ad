using Concord.Rooms;

namespace Concord.Authority.Identify;

/// <summary>What a search by fingerprint has found.</summary>
/// <param name="World">The world that was searched.</param>
/// <param name="Candidates">The candidates, the strongest evidence first.</param>
public sealed record IdentifyFound(World World, IReadOnlyList<IdentifyCandidate> Candidates)
{
    /// <summary>With how many fingerprints it was compared whole.</summary>
    public required int Compared { get; init; }

    /// <summary>How many were swept: compared whole, or screened if that is worth it.</summary>
    public required long Swept { get; init; }

    /// <summary>The entry of the log up to which all were swept.</summary>
    public required long Through { get; init; }

    /// <summary>Up to which size of the log the index was at hand; null: there was none.</summary>
    public required long? Indexed { get; init; }

    /// <summary>Whether nothing is left to sweep.</summary>
    public bool IsComplete => Through >= World.Size - 1;
}
