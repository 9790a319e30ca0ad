namespace Concord.Rooms.Rulebooks;

/// <summary>What kind of time a duty has.</summary>
public enum DueKind
{
    /// <summary>The text gives no time.</summary>
    None,

    /// <summary>Not later than <see cref="Due.At"/>.</summary>
    By,

    /// <summary>Before, or together with, the event at <see cref="Due.At"/>.</summary>
    Before,

    /// <summary>Again at <see cref="Due.At"/>, and so on.</summary>
    Recurring,

    /// <summary>Without a number of days.</summary>
    Open,

    /// <summary>All the time.</summary>
    Continuous,

    /// <summary>The event that starts the clock is not on record.</summary>
    AwaitsEvent,

    /// <summary>There is a time, and what is known does not give it.</summary>
    Undetermined,
}
