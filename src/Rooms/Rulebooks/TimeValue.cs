namespace Concord.Rooms.Rulebooks;

/// <summary>A moment as far as it is known.</summary>
/// <param name="Earliest">Not earlier; null: no bound.</param>
/// <param name="Latest">Not later; null: no bound.</param>
/// <param name="Why">Why it is not known exactly.</param>
internal sealed record TimeValue(Moment? Earliest, Moment? Latest, string? Why)
{
    public static TimeValue Unknown(string why) => new(null, null, why);

    public static TimeValue Of(Moment moment) => new(moment, moment, null);

    public bool IsUnknown => Earliest is null && Latest is null;

    /// <summary>The moment when it is known exactly.</summary>
    public Moment? Exact => Earliest is { } e && e == Latest ? e : null;
}
