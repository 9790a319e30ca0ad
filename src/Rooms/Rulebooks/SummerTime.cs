using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>Summer time of a zone.</summary>
/// <param name="Minutes">Offset from UTC in minutes while it lasts.</param>
/// <param name="Begins">When it begins, by the clock of standard time.</param>
/// <param name="Ends">When it ends, by the clock of summer time.</param>
public sealed record SummerTime(int Minutes, SummerTime.Turn Begins, SummerTime.Turn Ends)
{
    /// <summary>The yearly turn of the clocks: a Sunday of a month at a time of day.</summary>
    /// <param name="Month">1 to 12.</param>
    /// <param name="Sunday">1 to 4, or 0 for the last Sunday of the month.</param>
    /// <param name="MinuteOfDay">Minutes after midnight.</param>
    /// <param name="IsUtc">Whether the time of day is UTC, not local.</param>
    public sealed record Turn(int Month, int Sunday, int MinuteOfDay, bool IsUtc)
    {
        /// <summary>The instant of the turn in a year.</summary>
        /// <param name="year">The year.</param>
        /// <param name="offsetMinutes">The offset in use just before the turn.</param>
        public Instant In(int year, int offsetMinutes)
        {
            var first = new DateOnly(year, Month, 1);
            var day = first.AddDays((7 - (int)first.DayOfWeek) % 7);
            day = Sunday > 0 ? day.AddDays(7 * (Sunday - 1)) : Last(day);
            var minutes = MinuteOfDay - (IsUtc ? 0 : offsetMinutes);
            return Instant.StartOf(day) + TimeSpan.FromMinutes(minutes);
        }

        private static DateOnly Last(DateOnly day)
        {
            while (day.AddDays(7).Month == day.Month)
            {
                day = day.AddDays(7);
            }

            return day;
        }
    }
}
