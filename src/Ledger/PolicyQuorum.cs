namespace Concord.Ledger;

/// <summary>A witness, or a group of which so many members must have witnessed.</summary>
internal sealed record PolicyQuorum(
    NoteVerifier? Witness,
    int Threshold,
    IReadOnlyList<PolicyQuorum> Members
)
{
    /// <summary>Whether these keys are enough.</summary>
    public bool IsReached(IReadOnlySet<NoteVerifier> verified) =>
        Witness is { } witness
            ? verified.Contains(witness)
            : Members.Count(member => member.IsReached(verified)) >= Threshold;
}
