namespace Concord.Rooms.Rulebooks;

/// <summary>Days during which a provision is in force, or a suspension lasts.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; null: open.</param>
public sealed record Days(DateOnly From, DateOnly? To)
{
    /// <summary>Whether a day is one of them.</summary>
    public bool Holds(DateOnly day) => day >= From && (To is null || day <= To);
}
