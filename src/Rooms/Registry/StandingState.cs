namespace Concord.Rooms.Registry;

/// <summary>
/// Where a model or release stands. <em>Unknown</em> is none of these, and never fine.
/// </summary>
public enum StandingState
{
    /// <summary>Known from public sources only; its developer has filed nothing.</summary>
    Reported,

    /// <summary>Registered by its developer.</summary>
    Registered,

    /// <summary>Certified by the authority.</summary>
    Certified,

    /// <summary>Suspended by the authority.</summary>
    Suspended,

    /// <summary>Withdrawn by who filed it.</summary>
    Withdrawn,
}
