namespace Concord.Cli.Scanning;

/// <summary>What an authority says about a model.</summary>
internal enum ScanVerdict
{
    /// <summary>Nobody knows it, which is never fine.</summary>
    Unknown,

    /// <summary>It is registered, and in good standing.</summary>
    Registered,

    /// <summary>By evidence it is a copy or derivative of something registered.</summary>
    Derivative,

    /// <summary>
    /// It, or what it was made from, is suspended, withdrawn or not in good standing.
    /// </summary>
    Barred,
}
