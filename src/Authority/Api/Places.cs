namespace Concord.Authority.Api;

/// <summary>So many places in all, and so many for one name: no name takes those of all.</summary>
/// <param name="most">Places in all.</param>
/// <param name="each">Places that one name may have.</param>
internal sealed class Places(int most, int each)
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _all;

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
