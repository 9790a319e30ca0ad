namespace Concord.Authority.Web.Deadlines;

/// <summary>What kind of thing is due.</summary>
public enum DueSort
{
    /// <summary>A law, an edition or duties begin or end.</summary>
    Law,

    /// <summary>A certificate ends.</summary>
    Certificate,

    /// <summary>A suspension ends.</summary>
    Suspension,

    /// <summary>An appeal is to be decided.</summary>
    Appeal,

    /// <summary>A decision can be appealed until then.</summary>
    Objection,

    /// <summary>A key ends, or begins to sign.</summary>
    Key,

    /// <summary>A day's readings and refusals are to be sealed in the log.</summary>
    Root,
}
