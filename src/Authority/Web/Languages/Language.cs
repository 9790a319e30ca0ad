using System.Globalization;

namespace Concord.Authority.Web.Languages;

/// <summary>
/// A language of the site: its words, and how it writes days and numbers. The process stays
/// invariant, since law and log must read alike everywhere; what a language needs comes with its
/// catalogue (decisions/0028).
/// </summary>
public sealed class Language
{
    private static readonly AsyncLocal<Spoken?> s_spoken = new();

    private Language(
        int place,
        string tag,
        string name,
        bool isRightToLeft,
        (string Group, string Point) figures
    )
    {
        (Place, Tag, Name, IsRightToLeft) = (place, tag, name, isRightToLeft);
        Prefix = place == 0 ? "" : $"/{tag}";
        Catalogue = tag is "en" ? Catalogue.None : Catalogue.Of(tag);
        Culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        Culture.NumberFormat.NumberGroupSeparator = figures.Group;
        Culture.NumberFormat.NumberDecimalSeparator = figures.Point;
        var days = Culture.DateTimeFormat;
        days.MonthNames = days.MonthGenitiveNames = Translated(days.MonthNames);
        days.AbbreviatedMonthNames = days.AbbreviatedMonthGenitiveNames = Translated(
            days.AbbreviatedMonthNames
        );
    }

    /// <summary>English, in which the site is written.</summary>
    public static Language English { get; } = new(0, "en", "English", false, (",", "."));

    /// <summary>French.</summary>
    public static Language French { get; } = new(1, "fr", "Français", false, ("\u202f", ","));

    /// <summary>Arabic; figures are written as they are in the log.</summary>
    public static Language Arabic { get; } = new(2, "ar", "العربية", true, (",", "."));

    /// <summary>All of them, English first.</summary>
    public static IReadOnlyList<Language> All { get; } = [English, French, Arabic];

    /// <summary>The tag (BCP 47), and the first segment of its addresses.</summary>
    public string Tag { get; }

    /// <summary>What it calls itself.</summary>
    public string Name { get; }

    /// <summary>Whether it is written from right to left.</summary>
    public bool IsRightToLeft { get; }

    /// <summary>The value of <c>dir</c>.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>How it writes days and numbers.</summary>
    public CultureInfo Culture { get; }

    /// <summary>Its place among all.</summary>
    public int Place { get; }

    /// <summary>What stands before a path; empty for English.</summary>
    public string Prefix { get; }

    /// <summary>Its words.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>The language that is spoken here and now.</summary>
    public static Language Current => s_spoken.Value?.Words ?? English;

    /// <summary>What is spoken here and now: words, and where links lead.</summary>
    public static Spoken Now
    {
        get => s_spoken.Value ?? Spoken.Usual;
        set => s_spoken.Value = value;
    }

    /// <summary>The one of a tag; null: there is none.</summary>
    public static Language? Find(string? tag) =>
        All.FirstOrDefault(one => string.Equals(one.Tag, tag, StringComparison.Ordinal));

    private string[] Translated(string[] months) =>
        [.. months.Select(month => month.Length == 0 ? "" : Catalogue.Find(month) ?? month)];
}
