namespace Concord.Rooms.Rulebooks;

/// <summary>Arithmetic of legal periods: the day of the event is not counted.</summary>
internal static class Period
{
    private const int LongestHoliday = 12;

    /// <summary>The end of a period that begins with an event.</summary>
    public static TimeValue End(
        Moment from,
        TimeExpression.After period,
        LegalCalendar? calendar,
        LegalZone zone
    )
    {
        if (period.Unit == PeriodUnit.Hour)
        {
            var start = from.StartIn(zone);
            return TimeValue.Of(Moment.Of(start + TimeSpan.FromHours(period.Count)));
        }

        var day = from.DayIn(zone);
        if (period.Unit == PeriodUnit.WorkingDay && calendar is not null)
        {
            return WorkingDays(day, period.Count, calendar);
        }

        var end = Add(day, period.Count, period.Unit);
        if (calendar is null || !(period.Roll ?? calendar.RollsForward))
        {
            return TimeValue.Of(Moment.Of(end));
        }

        var rolled = calendar.Roll(end);
        if (calendar.LeastWorkingDays > 0 && end > day.AddDays(1))
        {
            rolled = Max(rolled, WorkingDay(day, calendar.LeastWorkingDays, calendar));
        }

        return calendar.Knows(rolled)
            ? TimeValue.Of(Moment.Of(rolled))
            : new(
                Moment.Of(rolled),
                Moment.Of(calendar.Roll(rolled.AddDays(LongestHoliday))),
                $"the holidays of {rolled.Year} are not in '{calendar.Title}'"
            );
    }

    /// <summary>
    /// A day some units later; a month later is the same day of the month, or its last.
    /// </summary>
    public static DateOnly Add(DateOnly day, int count, PeriodUnit unit) =>
        unit switch
        {
            PeriodUnit.Week => day.AddDays(7 * count),
            PeriodUnit.Month => day.AddMonths(count),
            PeriodUnit.Year => day.AddYears(count),
            _ => day.AddDays(count),
        };

    private static TimeValue WorkingDays(DateOnly day, int count, LegalCalendar calendar)
    {
        var end = WorkingDay(day, count, calendar);
        return calendar.Knows(day) && calendar.Knows(end)
            ? TimeValue.Of(Moment.Of(end))
            : new(
                Moment.Of(end),
                Moment.Of(WorkingDay(day, count + LongestHoliday, calendar)),
                $"the working days of {end.Year} are not in '{calendar.Title}'"
            );
    }

    private static DateOnly WorkingDay(DateOnly day, int count, LegalCalendar calendar)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= calendar.IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    private static DateOnly Max(DateOnly left, DateOnly right) => left > right ? left : right;
}
