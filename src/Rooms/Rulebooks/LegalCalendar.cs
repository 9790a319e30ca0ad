namespace Concord.Rooms.Rulebooks;

/// <summary>
/// Working days of a jurisdiction as data of a rulebook: weekly rest days, holidays, days worked in
/// exchange, and the days for which this is known. Outside of those days a date counted in working
/// days is undetermined.
/// </summary>
/// <param name="Title">What it is.</param>
/// <param name="Cite">Where it is written.</param>
/// <param name="Weekend">Weekly rest days.</param>
/// <param name="Holidays">Days off besides.</param>
/// <param name="Worked">Weekly rest days that are worked in exchange.</param>
/// <param name="KnownFrom">First day for which holidays are known.</param>
/// <param name="KnownTo">Last day for which holidays are known.</param>
/// <param name="RollsForward">Whether a period that ends on a day off ends on the next working
/// day.</param>
/// <param name="LeastWorkingDays">
/// A period of two days or more holds at least this many working days.
/// </param>
public sealed record LegalCalendar(
    string Title,
    IReadOnlyList<Citation> Cite,
    IReadOnlySet<DayOfWeek> Weekend,
    IReadOnlySet<DateOnly> Holidays,
    IReadOnlySet<DateOnly> Worked,
    DateOnly KnownFrom,
    DateOnly KnownTo,
    bool RollsForward,
    int LeastWorkingDays
)
{
    /// <summary>Whether the holidays of a day are known.</summary>
    public bool Knows(DateOnly day) => day >= KnownFrom && day <= KnownTo;

    /// <summary>Whether a day is a working day, as far as is known.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        Worked.Contains(day) || (!Weekend.Contains(day.DayOfWeek) && !Holidays.Contains(day));

    /// <summary>The day itself, or the next working day.</summary>
    public DateOnly Roll(DateOnly day)
    {
        while (!IsWorkingDay(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }
}
