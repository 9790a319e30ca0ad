namespace Concord.Authority.Web;

/// <summary>How the log grew on a day.</summary>
/// <param name="Day">The day (UTC), by the ticks at which its entries were judged.</param>
/// <param name="Added">The entries of that day.</param>
/// <param name="Size">The size of the log at its end.</param>
public sealed record LogGrowth(DateOnly Day, long Added, long Size)
{
    /// <summary>The last days on which there were entries, newest first.</summary>
    public static IReadOnlyList<LogGrowth> Of(ActIndex index, long size, int days)
    {
        ArgumentNullException.ThrowIfNull(index);
        var growth = new List<LogGrowth>();
        for (var end = size; end > 0 && growth.Count < days; )
        {
            // Entries before the first tick have no time of their own; theirs is the first tick's.
            if (index.TickOf(end - 1)?.Day is not { } day)
            {
                break;
            }

            var first = First(index, end, day);
            growth.Add(new(day, end - first, end));
            end = first;
        }

        return growth;
    }

    private static long First(ActIndex index, long end, DateOnly day)
    {
        var (low, high) = (0L, end);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (index.TickOf(middle) is { } at && at.Day < day)
            {
                low = middle + 1;
            }
            else if (index.TickOf(middle) is null && HasEarlierDay(index, middle, end, day))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static bool HasEarlierDay(ActIndex index, long from, long end, DateOnly day)
    {
        for (var i = from; i < end; i++)
        {
            if (index.TickOf(i) is { } at)
            {
                return at.Day < day;
            }
        }

        return false;
    }
}
