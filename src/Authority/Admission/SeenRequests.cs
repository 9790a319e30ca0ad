using Concord.Ledger;
using Concord.Measures;

namespace Concord.Authority.Admission;

/// <summary>
/// The signed requests that were taken in the last minutes: each does what it asks for once. A
/// request older than that is too old anyway.
/// </summary>
internal sealed class SeenRequests
{
    private const int Most = 20_000;
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(5);

    private readonly Lock _one = new();
    private readonly Dictionary<Digest, Instant> _seen = [];

    /// <summary>Takes a request.</summary>
    /// <param name="id">The id of its statement.</param>
    /// <param name="now">The server's time.</param>
    /// <returns>Whether it was not taken before; false also while there are too many.</returns>
    public bool TryTake(Digest id, Instant now)
    {
        lock (_one)
        {
            if (_seen.Count >= Most)
            {
                foreach (var (old, at) in _seen)
                {
                    if (now - at > s_kept)
                    {
                        _seen.Remove(old);
                    }
                }
            }

            return _seen.Count < Most && _seen.TryAdd(id, now);
        }
    }
}
