using System.Globalization;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>
/// Numbers as the site says them: a best estimate with two or three digits, then its range, rounded
/// outwards; an unknown end is said, never left out.
/// </summary>
public static class Figures
{
    /// <summary>A range in words and figures.</summary>
    public static Markup Range(FlopRange range) =>
        (range.Low, range.High) switch
        {
            (null, null) => Markup.Of($"range not known"),
            ({ } low, null) => Markup.Of($"at least {Down(low)}"),
            (null, { } high) => Markup.Of($"at most {Up(high)}"),
            ({ } low, { } high) when low == high => Markup.Of($"exactly {low}"),
            ({ } low, { } high) => Markup.Of($"{Down(low)} to {Up(high)}"),
        };

    /// <summary>A lower bound with two digits, rounded down.</summary>
    public static Markup Down(Flop flop) => new Markup().Power(Rounded(flop, up: false));

    /// <summary>An upper bound with two digits, rounded up.</summary>
    public static Markup Up(Flop flop) => new Markup().Power(Rounded(flop, up: true));

    /// <summary>A figure for ears and for descriptions of charts, without markup.</summary>
    public static string Spoken(Flop flop)
    {
        var parts = flop.ToScientific(3).Split('e');
        return parts switch
        {
            ["1", var power] => Plainly($"ten to the power {power}"),
            [var mantissa, var power] => Plainly(
                $"{Point(mantissa)} times ten to the power {power}"
            ),
            _ => Point(parts[0]),
        };
    }

    /// <summary>A range for ears.</summary>
    public static string Spoken(FlopRange range) =>
        (range.Low, range.High) switch
        {
            (null, null) => Say("range not known"),
            ({ } low, null) => Plainly($"at least {Spoken(low)}"),
            (null, { } high) => Plainly($"at most {Spoken(high)}"),
            ({ } low, { } high) => Plainly($"range {Spoken(low)} to {Spoken(high)}"),
        };

    /// <summary>A count with thousands kept apart.</summary>
    public static string Count(long count) => count.ToString("#,0", Language.Current.Culture);

    /// <summary>A number that was written for programs, as people write it.</summary>
    internal static string Point(string number) =>
        number.Replace(
            ".",
            Language.Current.Culture.NumberFormat.NumberDecimalSeparator,
            StringComparison.Ordinal
        );

    /// <summary>A large count of parameters in words: <c>70 billion</c>.</summary>
    public static string Large(long count) =>
        count switch
        {
            >= 1_000_000_000_000 => Speech.Count(
                count / 1_000_000_000_000,
                "{0} trillion",
                "{0} trillion",
                Scaled(count, 1e12)
            ),
            >= 1_000_000_000 => Speech.Count(
                count / 1_000_000_000,
                "{0} billion",
                "{0} billion",
                Scaled(count, 1e9)
            ),
            >= 1_000_000 => Speech.Count(
                count / 1_000_000,
                "{0} million",
                "{0} million",
                Scaled(count, 1e6)
            ),
            _ => Count(count),
        };

    /// <summary>The common logarithm, for a place on a chart only.</summary>
    internal static double Log(Flop flop) => Math.Log10(Math.Max(1, flop.Approximate));

    private static string Scaled(long count, double unit) =>
        (count / unit).ToString("0.##", Language.Current.Culture);

    private static string Rounded(Flop flop, bool up)
    {
        var digits = flop.ToString();
        if (digits.Length <= 2)
        {
            return digits;
        }

        var head = int.Parse(digits.AsSpan(0, 2), CultureInfo.InvariantCulture);
        head += up && digits.AsSpan(2).ContainsAnyExcept('0') ? 1 : 0;
        var exponent = digits.Length - 1 + (head == 100 ? 1 : 0);
        head = head == 100 ? 10 : head;
        return head % 10 == 0 ? $"{head / 10}e{exponent}" : $"{head / 10}.{head % 10}e{exponent}";
    }
}
