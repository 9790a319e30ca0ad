using Concord.Acts.Network;

namespace Concord.Rooms.Network;

/// <summary>The days that have a root, each one.</summary>
/// <param name="Days">The roots by day.</param>
/// <param name="Next">
/// The first day since the founding that has none; null: nothing is founded.
/// </param>
public sealed record RootedDays(Map<DateOnly, RootedDay> Days, DateOnly? Next)
{
    /// <summary>Before the founding.</summary>
    public static readonly RootedDays None = new(Map<DateOnly, RootedDay>.Empty, null);

    /// <summary>At the founding: no day has a root.</summary>
    public static RootedDays From(DateOnly founded) => None with { Next = founded };

    /// <summary>The root of a day; null: it has none.</summary>
    public RootedDay? Of(DateOnly day) => Days.Find(day);

    internal RootedDays In(Edit? edit) => this with { Days = Days.In(edit) };

    internal RootedDays Add(DailyRoot act, long index)
    {
        var days = Days.Set(act.Day, new(act.Day, act.Count, act.Root, index));
        var next = Next;
        while (next is { } day && days.Has(day))
        {
            next = day.AddDays(1);
        }

        return new(days, next);
    }
}
