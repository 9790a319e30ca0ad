using System.Diagnostics.CodeAnalysis;

namespace Concord.Ledger;

/// <summary>
/// A witness (C2SP tlog-witness): cosigns a checkpoint of a log that it knows when it contains
/// everything that the witness cosigned of that log before. It decides and signs and keeps nothing:
/// whoever calls it reads what was cosigned last, and stores what is next, in one atomic step that
/// is durable before the answer is sent.
/// </summary>
/// <param name="key">The witness's key.</param>
/// <param name="logs">The keys of the logs; the name of each is the origin.</param>
public sealed class Witness(NoteSigner key, IReadOnlyCollection<NoteVerifier> logs)
{
    private volatile IReadOnlyCollection<NoteVerifier> _logs = logs;

    /// <summary>The public half of the witness's key.</summary>
    public NoteVerifier Verifier => key.Verifier;

    /// <summary>The keys of the logs that are witnessed.</summary>
    public IReadOnlyCollection<NoteVerifier> Logs => _logs;

    /// <summary>
    /// Takes a further key of a log that is witnessed already; what was cosigned of it stays.
    /// </summary>
    /// <returns>Whether the log is witnessed; a key of another one is not taken.</returns>
    public bool Learn(NoteVerifier log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var isKnown = _logs.Any(one => string.Equals(one.Name, log.Name, StringComparison.Ordinal));
        if (isKnown && !_logs.Contains(log))
        {
            _logs = [.. _logs, log];
        }

        return isKnown;
    }

    /// <summary>
    /// Checks what asks for no memory: form (400), origin (404) and the log's signature (403).
    /// </summary>
    public bool TryOpen(
        ReadOnlySpan<byte> body,
        [NotNullWhen(true)] out AddCheckpoint? request,
        [NotNullWhen(false)] out WitnessAnswer? refused
    )
    {
        if (!AddCheckpoint.TryParse(body, out request, out var fault))
        {
            refused = WitnessAnswer.Malformed(fault);
            return false;
        }

        var origin = request.Checkpoint.Origin;
        var known = _logs
            .Where(log => string.Equals(log.Name, origin, StringComparison.Ordinal))
            .ToArray();
        refused =
            known.Length == 0 ? WitnessAnswer.UnknownOrigin(origin)
            : request.Note.TryVerify(known, out _, out fault) ? null
            : WitnessAnswer.NotSigned(fault);
        return refused is null;
    }

    /// <summary>
    /// Judges a request that <see cref="TryOpen"/> let pass: the size cosigned last (409), the
    /// proof (422), and the cosignature (200).
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="last">What was cosigned last of the origin; null: nothing yet.</param>
    /// <param name="time">POSIX seconds, greater than 0.</param>
    public WitnessAnswer Judge(AddCheckpoint request, CosignedHead? last, long time)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (checkpoint, old) = (request.Checkpoint, last?.Size ?? 0);
        if (request.OldSize != old)
        {
            return WitnessAnswer.Elsewhere(old);
        }

        if (
            !Proofs.VerifyConsistency(
                old,
                last?.Root ?? MerkleTree.EmptyRoot,
                checkpoint.Size,
                checkpoint.Root,
                request.Proof
            )
        )
        {
            return WitnessAnswer.Inconsistent(
                $"The tree of size {checkpoint.Size} and root {checkpoint.Root.ToBase64()} is not "
                    + $"shown to contain that of size {old} which was cosigned last."
            );
        }

        var line = key.Cosign(request.Note.Text, time);
        var note = new SignedNote(request.Note.Text, [.. LogLines(request), line]);
        return new(
            200,
            $"{line}\n",
            new CosignedHead(checkpoint.Size, checkpoint.Root, note.ToString())
        );
    }

    // Others' cosignatures are not this witness's to vouch for.
    private IEnumerable<NoteSignature> LogLines(AddCheckpoint request) =>
        request.Note.Signatures.Where(line =>
            _logs.Any(log =>
                log.KeyId == line.KeyId
                && string.Equals(log.Name, line.Name, StringComparison.Ordinal)
            )
        );
}
