using Concord.Acts;
using Concord.Authority.Api;
using Concord.Ledger;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>What became of a filing.</summary>
public abstract record FilingOutcome
{
    private FilingOutcome() { }

    /// <summary>The act is in the log, now or since before.</summary>
    /// <param name="Index">Its log index.</param>
    /// <param name="StatementId">The id of the statement that is in the log.</param>
    /// <param name="Receipt">The COSE receipt (RFC 9942).</param>
    /// <param name="Proof">The C2SP tlog-proof.</param>
    /// <param name="IsDuplicate">Whether the same issuer said the same before.</param>
    public sealed record Filed(
        long Index,
        Digest StatementId,
        ReadOnlyMemory<byte> Receipt,
        TlogProof Proof,
        bool IsDuplicate
    ) : FilingOutcome
    {
        /// <summary>The act's id.</summary>
        public ActId Id => new(Index);

        /// <summary>
        /// The id of what the act made, where it made something: a model, a party.
        /// </summary>
        public string? Subject { get; init; }

        /// <summary>The wire name of the act.</summary>
        public required string Act { get; init; }
    }

    /// <summary>The law does not admit the act.</summary>
    /// <param name="Refusal">Why.</param>
    /// <param name="Signed">The signed refusal, a COSE_Sign1.</param>
    public sealed record Refused(Refusal Refusal, ReadOnlyMemory<byte> Signed) : FilingOutcome;

    /// <summary>The filing is not admissible, or cannot be taken now.</summary>
    /// <param name="Problem">What is wrong and what to do.</param>
    public sealed record NotTaken(Problem Problem) : FilingOutcome;
}
