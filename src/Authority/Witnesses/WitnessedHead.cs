using Concord.Ledger;
using Concord.Measures;

namespace Concord.Authority.Witnesses;

/// <summary>A checkpoint whose cosignatures reach the quorum of the policy.</summary>
/// <param name="Checkpoint">What it says.</param>
/// <param name="Note">The note with the log's signature and the cosignatures.</param>
/// <param name="Cosigned">Who cosigned it, and when by the clock of each.</param>
public sealed record WitnessedHead(
    Checkpoint Checkpoint,
    SignedNote Note,
    IReadOnlyList<(NoteVerifier Witness, Instant At)> Cosigned
)
{
    /// <summary>The number of entries that are witnessed.</summary>
    public long Size => Checkpoint.Size;

    /// <summary>The newest of the times.</summary>
    public Instant At => Cosigned.Max(one => one.At);

    /// <summary>Reads a note that the policy accepts; null where it does not.</summary>
    public static WitnessedHead? Read(string note, TlogPolicy policy, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (
            !policy.AsksForWitnesses
            || !policy.Accepts(note, out var checkpoint, out fault)
            || !SignedNote.TryParse(note, out var signed, out fault)
        )
        {
            fault = policy.AsksForWitnesses ? "the policy does not accept it" : null;
            return null;
        }

        fault = null;
        return new(checkpoint, signed, [.. CosignedBy(signed, policy)]);
    }

    private static IEnumerable<(NoteVerifier Witness, Instant At)> CosignedBy(
        SignedNote note,
        TlogPolicy policy
    ) =>
        from line in note.Signatures
        let witness = policy.Witnesses.FirstOrDefault(one =>
            one.KeyId == line.KeyId && string.Equals(one.Name, line.Name, StringComparison.Ordinal)
        )
        where witness is not null
        let time = Cosignature.TryReadTime(line.Signature.Span, out var seconds) ? seconds : 0
        select (witness, Instant.From(DateTimeOffset.FromUnixTimeSeconds(time)));
}
