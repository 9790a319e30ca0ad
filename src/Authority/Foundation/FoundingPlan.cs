using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Authority.Foundation;

/// <summary>What an authority is founded with.</summary>
public sealed record FoundingPlan
{
    /// <summary>
    /// The origin of the log (C2SP), a schemeless URL prefix that nobody else uses.
    /// </summary>
    public required string Origin { get; init; }

    /// <summary>The web origin at which people use their passkeys; null: none yet.</summary>
    public string? Web { get; init; }

    /// <summary>Name and country of the authority.</summary>
    public required AuthorityName Authority { get; init; }

    /// <summary>Whether it is a sandbox.</summary>
    public required bool Sandbox { get; init; }

    /// <summary>
    /// The log that it succeeds; the keys of roots and officers that lie in their folders are then
    /// theirs again, so that whoever knew the roots knows them in the new genesis. Null: none.
    /// </summary>
    public Predecessor? Predecessor { get; init; }

    /// <summary>
    /// The keys that the predecessor had, by which its proofs are checked; null: not known.
    /// </summary>
    public LogKeys? PredecessorKeys { get; init; }

    /// <summary>The number of roots.</summary>
    public required int Roots { get; init; }

    /// <summary>How many roots must sign: more than half.</summary>
    public required int RootsNeeded { get; init; }

    /// <summary>The institutions, name and title.</summary>
    public required IReadOnlyList<(string Name, string Title)> Institutions { get; init; }

    /// <summary>The officers of each institution.</summary>
    public required int OfficersEach { get; init; }

    /// <summary>How many institutions decide, stop and lift.</summary>
    public required int InstitutionsNeeded { get; init; }

    /// <summary>The folder to which the roots' keys are written.</summary>
    public required string RootKeys { get; init; }

    /// <summary>The folder to which the officers' keys are written.</summary>
    public required string OfficerKeys { get; init; }
}
