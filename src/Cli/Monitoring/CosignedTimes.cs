using System.Diagnostics.CodeAnalysis;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Cli.Monitoring;

/// <summary>When witnesses say that they saw a checkpoint.</summary>
internal static class CosignedTimes
{
    // 9999-12-31T23:59:59Z, the last second that a date can name.
    private const long LastSecond = 253_402_300_799;

    /// <summary>Reads the times of the cosignatures by known witnesses.</summary>
    /// <param name="note">The checkpoint with its signature lines.</param>
    /// <param name="witnesses">The keys that are trusted.</param>
    /// <param name="times">The times, as their witnesses signed them.</param>
    /// <param name="fault">What is wrong with one of them.</param>
    public static bool TryRead(
        SignedNote note,
        IReadOnlyList<NoteVerifier> witnesses,
        out List<Instant> times,
        [NotNullWhen(false)] out string? fault
    )
    {
        times = [];
        if (!note.TryVerify(witnesses, out var verified, out fault))
        {
            return false;
        }

        foreach (var line in note.Signatures.Where(line => IsOf(line, verified)))
        {
            if (!Cosignature.TryReadTime(line.Signature.Span, out var seconds))
            {
                continue;
            }

            if (seconds > LastSecond)
            {
                fault = $"{line.Name} signed a time that no calendar has ({seconds} s)";
                return false;
            }

            times.Add(new(seconds * 1000));
        }

        fault = null;
        return true;
    }

    private static bool IsOf(NoteSignature line, IReadOnlyList<NoteVerifier> keys) =>
        keys.Any(key =>
            key.KeyId == line.KeyId && string.Equals(key.Name, line.Name, StringComparison.Ordinal)
        );
}
