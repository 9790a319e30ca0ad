using Concord.Ledger;

namespace Concord.Authority.Admission;

/// <summary>
/// The private keys that the server itself signs with, one purpose each; roots' and officers' keys
/// are not among them.
/// </summary>
/// <param name="Tick">Signs ticks.</param>
/// <param name="Receipt">Signs receipts.</param>
/// <param name="Refusal">Signs refusals.</param>
public sealed record AuthorityKeys(
    StatementSigner Tick,
    StatementSigner Receipt,
    StatementSigner Refusal
) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Tick.Dispose();
        Receipt.Dispose();
        Refusal.Dispose();
    }
}
