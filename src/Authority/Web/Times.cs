using Concord.Authority.Web.Languages;
using Concord.Measures;

namespace Concord.Authority.Web;

/// <summary>Days and moments as the site writes them: always absolute, always UTC.</summary>
public static class Times
{
    /// <summary>For example <c>23 November 2026, 22:58 UTC</c>.</summary>
    public static string Long(Instant at) => Format(at, "d MMMM yyyy, HH:mm 'UTC'");

    /// <summary>For example <c>23 Nov 2026, 22:58</c>, where the column says UTC.</summary>
    public static string Short(Instant at) => Format(at, "d MMM yyyy, HH:mm");

    /// <summary>For example <c>23 November 2026</c>.</summary>
    public static string Long(DateOnly day) =>
        day.ToString("d MMMM yyyy", Language.Current.Culture);

    /// <summary>For example <c>23 Nov 2026</c>.</summary>
    public static string Short(DateOnly day) =>
        day.ToString("d MMM yyyy", Language.Current.Culture);

    /// <summary>For example <c>Jul 2024</c>.</summary>
    public static string Month(DateOnly day) => day.ToString("MMM yyyy", Language.Current.Culture);

    /// <summary>A moment with its machine-readable form.</summary>
    public static Markup Moment(Instant at) =>
        new Markup().Leaf("time", Short(at), ("datetime", at.ToString()));

    private static string Format(Instant at, string format) =>
        at.ToDateTimeOffset().ToString(format, Language.Current.Culture);
}
