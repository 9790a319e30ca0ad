namespace Concord.Authority.Identify;

/// <summary>What a search by fingerprint has found.</summary>
/// <param name="Candidates">The candidates, the strongest evidence first.</param>
/// <param name="Compared">With how many fingerprints it was compared.</param>
/// <param name="Entries">How many there are.</param>
public sealed record IdentifyFound(
    IReadOnlyList<IdentifyCandidate> Candidates,
    int Compared,
    long Entries
);
