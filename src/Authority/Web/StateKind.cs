namespace Concord.Authority.Web;

/// <summary>
/// What a label on the site says; each has its colour, its icon and its own word.
/// </summary>
public enum StateKind
{
    /// <summary>Proved or held: registered, certified, verified, in force.</summary>
    Registered,

    /// <summary>Reported from public sources, not registered.</summary>
    Reported,

    /// <summary>The law answers yes.</summary>
    Yes,

    /// <summary>Due by a day, or past it.</summary>
    Due,

    /// <summary>The known facts do not decide it; neither a breach nor a clearance.</summary>
    Undetermined,

    /// <summary>The law answers no, or the rule does not apply.</summary>
    No,

    /// <summary>The deciding quantity has no bound at all.</summary>
    NoFigure,

    /// <summary>Suspended.</summary>
    Suspended,

    /// <summary>A check failed.</summary>
    Failed,
}
