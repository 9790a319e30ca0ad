using System.Globalization;
using System.Numerics;

namespace Concord.Measures;

/// <summary>
/// A whole number of operations (FLOP, integer or floating point, precision not weighted). Exact:
/// 10^26 overflows 64 bits and a double cannot tell it from its neighbours, while laws say
/// <em>greater than</em>. At most 10^36.
/// </summary>
public readonly record struct Flop : IComparable<Flop>
{
    /// <summary>The largest number of operations that is admitted, 10^36.</summary>
    public static readonly Flop Max = new(
        UInt128.Parse("1000000000000000000000000000000000000", CultureInfo.InvariantCulture)
    );

    /// <summary>No operations.</summary>
    public static readonly Flop Zero = new(UInt128.Zero);

    private Flop(UInt128 count) => Count = count;

    /// <summary>The number of operations.</summary>
    public UInt128 Count { get; }

    /// <summary>
    /// The number as a double, for charts and logarithms only, never for a threshold.
    /// </summary>
    public double Approximate => (double)Count;

    /// <summary>A count known to be in range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="Max"/>.</exception>
    public static Flop Of(UInt128 count) =>
        count <= Max.Count ? new(count) : throw new ArgumentOutOfRangeException(nameof(count));

    /// <summary>
    /// Parses digits (<c>38000000000000000000000000</c>) or a decimal with an exponent
    /// (<c>3.8e25</c>) exactly; a fraction of one operation, a sign, white space or a value over
    /// <see cref="Max"/> is refused.
    /// </summary>
    public static bool TryParse(string? text, out Flop flop)
    {
        flop = Zero;
        if (text is null or { Length: 0 or > 64 } || !char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        var e = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = e < 0 ? text.AsSpan() : text.AsSpan(0, e);
        var exponent = 0;
        if (
            e >= 0
            && !int.TryParse(
                text.AsSpan(e + 1),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out exponent
            )
        )
        {
            return false;
        }

        var dot = mantissa.IndexOf('.');
        var digits = dot < 0 ? mantissa.ToString() : $"{mantissa[..dot]}{mantissa[(dot + 1)..]}";
        if (
            Math.Abs(exponent) > 80
            || !BigInteger.TryParse(
                digits,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            return false;
        }

        exponent -= dot < 0 ? 0 : mantissa.Length - dot - 1;
        if (exponent < 0)
        {
            var divisor = BigInteger.Pow(10, -exponent);
            if (!number.IsZero && !(number % divisor).IsZero)
            {
                return false;
            }

            number /= divisor;
        }
        else
        {
            number *= BigInteger.Pow(10, exponent);
        }

        if (number > (BigInteger)Max.Count)
        {
            return false;
        }

        flop = new((UInt128)number);
        return true;
    }

    /// <summary>A decimal with exponent, for figures written in code.</summary>
    /// <exception cref="FormatException">The text is not a number of operations.</exception>
    public static Flop Parse(string text) =>
        TryParse(text, out var flop)
            ? flop
            : throw new FormatException($"'{text}' is not a number of operations.");

    /// <summary>The digits, as on the wire.</summary>
    public override string ToString() => Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Scientific form with the given number of significant digits, rounded half up.
    /// </summary>
    public string ToScientific(int significantDigits = 3)
    {
        var digits = ToString();
        if (Count == UInt128.Zero)
        {
            return "0";
        }

        var exponent = digits.Length - 1;
        var scale = BigInteger.Pow(10, Math.Max(0, digits.Length - significantDigits));
        var rounded = ((BigInteger)Count + (scale / 2)) / scale;
        var head = rounded.ToString(CultureInfo.InvariantCulture);
        if (head.Length > Math.Min(significantDigits, digits.Length))
        {
            exponent++;
        }

        head = head.TrimEnd('0');
        return head.Length <= 1 ? $"{head}e{exponent}" : $"{head[0]}.{head[1..]}e{exponent}";
    }

    /// <inheritdoc/>
    public int CompareTo(Flop other) => Count.CompareTo(other.Count);

    /// <summary>The sum, saturating at <see cref="Max"/>.</summary>
    public static Flop operator +(Flop left, Flop right) =>
        new(UInt128.Min(left.Count + right.Count, Max.Count));

    /// <summary>A multiple, saturating at <see cref="Max"/>.</summary>
    public static Flop operator *(Flop flop, uint factor) =>
        new((UInt128)BigInteger.Min((BigInteger)flop.Count * factor, (BigInteger)Max.Count));

    /// <summary>A part, rounded down.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static Flop operator /(Flop flop, uint divisor) => new(flop.Count / divisor);

    /// <summary>Fewer.</summary>
    public static bool operator <(Flop left, Flop right) => left.Count < right.Count;

    /// <summary>More.</summary>
    public static bool operator >(Flop left, Flop right) => left.Count > right.Count;

    /// <summary>Not more.</summary>
    public static bool operator <=(Flop left, Flop right) => left.Count <= right.Count;

    /// <summary>Not fewer.</summary>
    public static bool operator >=(Flop left, Flop right) => left.Count >= right.Count;
}
