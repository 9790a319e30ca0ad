using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// Which logs and witnesses are trusted, and how many of them (C2SP tlog-policy): a checkpoint is
/// accepted when any listed log signed it and its cosignatures reach the quorum.
/// </summary>
public sealed class TlogPolicy
{
    private readonly IReadOnlyDictionary<NoteVerifier, string> _addresses;
    private readonly PolicyQuorum? _quorum;

    internal TlogPolicy(
        IReadOnlyList<NoteVerifier> logs,
        IReadOnlyList<NoteVerifier> witnesses,
        IReadOnlyDictionary<NoteVerifier, string> addresses,
        PolicyQuorum? quorum
    )
    {
        Logs = logs;
        Witnesses = witnesses;
        _addresses = addresses;
        _quorum = quorum;
    }

    /// <summary>The keys of the logs.</summary>
    public IReadOnlyList<NoteVerifier> Logs { get; }

    /// <summary>The keys of the witnesses.</summary>
    public IReadOnlyList<NoteVerifier> Witnesses { get; }

    /// <summary>Whether the policy asks for cosignatures at all.</summary>
    public bool AsksForWitnesses => _quorum is not null;

    /// <summary>
    /// Where a witness takes checkpoints, as the file has it; null: it does not say.
    /// </summary>
    public string? AddressOf(NoteVerifier witness) => _addresses.GetValueOrDefault(witness);

    /// <summary>Whether these witnesses are enough.</summary>
    public bool IsReachedBy(IEnumerable<NoteVerifier> witnesses) =>
        _quorum is null || _quorum.IsReached(witnesses.ToHashSet());

    /// <summary>Reads a policy file, as octets: names are compared byte by byte.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out TlogPolicy? policy,
        [NotNullWhen(false)] out string? fault
    ) => PolicyParser.TryParse(octets, out policy, out fault);

    /// <summary>
    /// Whether a note is a checkpoint that the policy accepts: signed by a listed log whose name is
    /// the origin, and cosigned up to the quorum. A listed key's line that does not verify spoils
    /// the
    /// note.
    /// </summary>
    public bool Accepts(
        string note,
        [NotNullWhen(true)] out Checkpoint? checkpoint,
        [NotNullWhen(false)] out string? fault
    )
    {
        checkpoint = null;
        if (
            !SignedNote.TryParse(note, out var signed, out fault)
            || !signed.TryVerify([.. Logs, .. Witnesses], out var verified, out fault)
            || !Checkpoint.TryParse(signed.Text, out var parsed, out fault)
        )
        {
            return false;
        }

        if (
            !verified.Any(key =>
                Logs.Contains(key)
                && string.Equals(key.Name, parsed.Origin, StringComparison.Ordinal)
            )
        )
        {
            fault = $"No log of the policy has signed the checkpoint of {parsed.Origin}.";
            return false;
        }

        if (!IsReachedBy(verified))
        {
            fault =
                $"{verified.Count(Witnesses.Contains)} of {Witnesses.Count} witnesses of the "
                + "policy "
                + "have cosigned the checkpoint; that does not reach its quorum.";
            return false;
        }

        checkpoint = parsed;
        return true;
    }
}
