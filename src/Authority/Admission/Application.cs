using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Authority.Admission;

/// <summary>An organisation that asks to be admitted, and waits or is answered.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it came, by the server's clock.</param>
/// <param name="Act">The act by which it would be admitted.</param>
/// <param name="Bytes">The same as JSON, as the registrar signs it.</param>
/// <param name="Closed">Why it was closed; null: it was not.</param>
public sealed record Application(
    long Number,
    Instant At,
    AdmitParty Act,
    ReadOnlyMemory<byte> Bytes,
    string? Closed
)
{
    /// <summary>The digest of the act, which the applicant tells by another way.</summary>
    public Digest Digest => Digest.Of(Bytes.Span);
}
