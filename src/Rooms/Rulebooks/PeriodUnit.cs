namespace Concord.Rooms.Rulebooks;

/// <summary>The unit of a legal period.</summary>
public enum PeriodUnit
{
    /// <summary>Hours, run through nights and weekends.</summary>
    Hour,

    /// <summary>Calendar days, the day of the event not counted.</summary>
    Day,

    /// <summary>Working days of a calendar, the day of the event not counted.</summary>
    WorkingDay,

    /// <summary>Weeks.</summary>
    Week,

    /// <summary>Months: the same day of the month, or its last.</summary>
    Month,

    /// <summary>Years.</summary>
    Year,
}
