namespace Concord.Measures;

/// <summary>
/// An answer in Kleene's strong three-valued logic. <see cref="Undetermined"/> is neither a breach
/// nor a clearance: what it obliges is a member of the duty that asked.
/// </summary>
public enum Answer
{
    /// <summary>The condition does not hold, whatever the unknown data turn out to be.</summary>
    No,

    /// <summary>The known data do not decide the condition.</summary>
    Undetermined,

    /// <summary>The condition holds, whatever the unknown data turn out to be.</summary>
    Yes,
}
