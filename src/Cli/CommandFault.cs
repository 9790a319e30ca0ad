namespace Concord.Cli;

/// <summary>Why a command cannot be done, in words that say what to do.</summary>
/// <param name="code">What the command line ends with.</param>
/// <param name="what">What happened, in a sentence.</param>
/// <param name="remedy">What to do, in a sentence.</param>
internal sealed class CommandFault(ExitCode code, string what, string? remedy = null)
    : Exception(what)
{
    /// <summary>What the command line ends with.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>What to do.</summary>
    public string? Remedy { get; } = remedy;

    /// <summary>The refusal that the authority signed, where it did: a COSE_Sign1.</summary>
    public byte[]? SignedRefusal { get; init; }

    /// <summary>The slip that the filing came in, where the authority signed one.</summary>
    public byte[]? SignedArrival { get; init; }

    /// <summary>Further lines: a name and what it says.</summary>
    public IReadOnlyList<(string Name, string Text)> Details { get; init; } = [];
}
