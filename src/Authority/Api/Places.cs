namespace Concord.Authority.Api;

/// <summary>So many places in all, and so many for one name: no name takes those of all.</summary>
/// <param name="most">Places in all.</param>
/// <param name="each">Places that one name may have.</param>
internal sealed class Places(int most, int each)
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Does something in a place of who asks; where none is left, says so.</summary>
    /// <param name="context">The request.</param>
    /// <param name="busy">What the others are doing, for the problem.</param>
    /// <param name="work">What is done.</param>
    public async Task RunAsync(HttpContext context, string busy, Func<Task> work)
    {
        var address = Asker.Of(context);
        if (!TryTake(address))
        {
            await RequestLimits.LateAsync(context);
            var problem = new Problem(Problems.TooManyRequests, busy)
            {
                RetryAfter = TimeSpan.FromSeconds(2),
            };
            await problem.WriteAsync(context);
            return;
        }

        try
        {
            await work();
        }
        finally
        {
            GiveBack(address);
        }
    }

    /// <summary>Takes a place; not so where none is left.</summary>
    public bool TryTake(string name)
    {
        lock (_taken)
        {
            var taken = _taken.GetValueOrDefault(name);
            if (_all >= most || taken >= each)
            {
                return false;
            }

            _all++;
            _taken[name] = taken + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void GiveBack(string name)
    {
        lock (_taken)
        {
            _all--;
            if (--_taken[name] == 0)
            {
                _taken.Remove(name);
            }
        }
    }
}
