using Concord.Acts.Network;

namespace Concord.Authority.Foundation;

/// <summary>What a genesis says beside the server's own keys: public halves alone.</summary>
public sealed record FoundingDraft
{
    /// <summary>The origin of the log.</summary>
    public required string Origin { get; init; }

    /// <summary>Name and country of the authority.</summary>
    public required AuthorityName Authority { get; init; }

    /// <summary>Whether it is a sandbox.</summary>
    public bool Sandbox { get; init; }

    /// <summary>The log that it succeeds; null: none.</summary>
    public Predecessor? Predecessor { get; init; }

    /// <summary>The roots.</summary>
    public required RootSet Roots { get; init; }

    /// <summary>The institutions with their officers.</summary>
    public required IReadOnlyList<Institution> Institutions { get; init; }

    /// <summary>How many institutions decide, stop and lift.</summary>
    public required int InstitutionsNeeded { get; init; }
}
