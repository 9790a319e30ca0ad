namespace Concord.Cli;

/// <summary>What the command line ends with; documented in <c>docs/EXIT-CODES.md</c>.</summary>
internal enum ExitCode
{
    /// <summary>Done; what was asked holds.</summary>
    Done = 0,

    /// <summary>What was asked does not hold, or what was given is not admissible.</summary>
    NotSo = 1,

    /// <summary>The words of the command are not understood.</summary>
    Usage = 2,

    /// <summary>Several things match; they are listed.</summary>
    Several = 3,

    /// <summary>Nothing matches; the nearest are listed.</summary>
    None = 4,

    /// <summary>The law refuses the act.</summary>
    Refused = 5,

    /// <summary>No authority answers there, or it takes no filings now.</summary>
    Unavailable = 6,

    /// <summary>Data at rest is damaged.</summary>
    Damaged = 7,

    /// <summary>A log contradicted itself; the proof is kept.</summary>
    Forked = 8,

    /// <summary>By evidence it is a copy of something registered, or was made from it.</summary>
    Derivative = 9,

    /// <summary>Nothing of it can be read as weights.</summary>
    Unreadable = 10,

    /// <summary>A fault of the program itself.</summary>
    Fault = 70,

    /// <summary>Interrupted.</summary>
    Interrupted = 130,
}
