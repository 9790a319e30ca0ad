namespace Concord.Authority.Admission;

/// <summary>
/// A bucket of tokens for each of at most so many names (addresses or keys): it holds
/// <c>burst</c> tokens and gains <c>perSecond</c>. The longest idle names are forgotten first,
/// when their buckets are full again anyway.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="perSecond">Tokens gained each second.</param>
/// <param name="burst">Tokens held at most.</param>
/// <param name="names">How many names are remembered at most.</param>
public sealed class RateLimit(TimeProvider time, double perSecond, double burst, int names)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes a token; else says after how long there is one.</summary>
    public bool TryTake(string name, out TimeSpan retryAfter) =>
        Try(name, take: true, out retryAfter);

    /// <summary>Whether there is a token, without taking it.</summary>
    public bool Has(string name, out TimeSpan retryAfter) => Try(name, take: false, out retryAfter);

    /// <summary>
    /// Takes what something has cost, whether or not it is there: the name owes what is missing,
    /// up to as much as a full bucket holds.
    /// </summary>
    public void Spend(string name, double tokens)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (!_buckets.ContainsKey(name))
            {
                Forget(now);
            }

            _buckets[name] = new(Math.Max(-burst, TokensOf(name, now) - tokens), now);
        }
    }

    private bool Try(string name, bool take, out TimeSpan retryAfter)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (take && !_buckets.ContainsKey(name))
            {
                Forget(now);
            }

            var tokens = TokensOf(name, now);
            var has = tokens >= 1;
            retryAfter = has
                ? TimeSpan.Zero
                : TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling((1 - tokens) / perSecond)));
            if (take)
            {
                _buckets[name] = new(has ? tokens - 1 : tokens, now);
            }

            return has;
        }
    }

    private double TokensOf(string name, long now) =>
        _buckets.TryGetValue(name, out var bucket)
            ? Math.Min(
                burst,
                bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond)
            )
            : burst;

    private void Forget(long now)
    {
        if (_buckets.Count < names)
        {
            return;
        }

        var whole = TimeSpan.FromSeconds(2 * burst / perSecond);
        foreach (var (name, bucket) in _buckets)
        {
            if (time.GetElapsedTime(bucket.At, now) >= whole)
            {
                _buckets.Remove(name);
            }
        }

        if (_buckets.Count >= names)
        {
            _buckets.Remove(_buckets.MinBy(entry => entry.Value.At).Key);
        }
    }

    private readonly record struct Bucket(double Tokens, long At);
}
