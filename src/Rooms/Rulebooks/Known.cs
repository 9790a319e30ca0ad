using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>What is known of a fact's value; less than all is a value too.</summary>
public abstract record Known
{
    private Known() { }

    /// <summary>Whether nothing at all is known.</summary>
    public abstract bool IsUnknown { get; }

    /// <summary>A truth.</summary>
    /// <param name="Value">Yes, no or undetermined.</param>
    public sealed record Truth(Answer Value) : Known
    {
        /// <inheritdoc/>
        public override bool IsUnknown => Value is Answer.Undetermined;
    }

    /// <summary>A word: one, or several of which one is right.</summary>
    /// <param name="Possible">The words; none: unknown.</param>
    public sealed record Word(IReadOnlyList<string> Possible) : Known
    {
        /// <inheritdoc/>
        public override bool IsUnknown => Possible.Count == 0;
    }

    /// <summary>A set of words.</summary>
    /// <param name="Certain">Those that are in it.</param>
    /// <param name="Possible">Those that may be in it, the certain ones included; null:
    /// any.</param>
    public sealed record Words(IReadOnlyList<string> Certain, IReadOnlyList<string>? Possible)
        : Known
    {
        /// <inheritdoc/>
        public override bool IsUnknown => Certain.Count == 0 && Possible is null;
    }

    /// <summary>A number.</summary>
    /// <param name="Range">The interval.</param>
    public sealed record Number(NumberRange Range) : Known
    {
        /// <inheritdoc/>
        public override bool IsUnknown => Range.IsUnknown;
    }

    /// <summary>A moment between two others.</summary>
    /// <param name="Earliest">Not earlier; null: no bound.</param>
    /// <param name="Latest">Not later; null: no bound.</param>
    public sealed record Time(Moment? Earliest, Moment? Latest) : Known
    {
        /// <inheritdoc/>
        public override bool IsUnknown => Earliest is null && Latest is null;
    }

    /// <summary>A known truth.</summary>
    public static Known Of(bool truth) => new Truth(truth.ToAnswer());

    /// <summary>A known word.</summary>
    public static Known Of(string word) => new Word([word]);

    /// <summary>A known set of words.</summary>
    public static Known Of(IReadOnlyList<string> words) => new Words(words, words);

    /// <summary>A number of operations.</summary>
    public static Known Of(FlopRange range) => new Number(NumberRange.Of(range));

    /// <summary>A number.</summary>
    public static Known Of(NumberRange range) => new Number(range);

    /// <summary>A moment.</summary>
    public static Known Of(Moment moment) => new Time(moment, moment);

    /// <summary>A day.</summary>
    public static Known Of(DateOnly day) => Of(Moment.Of(day));

    /// <summary>An instant.</summary>
    public static Known Of(Instant instant) => Of(Moment.Of(instant));

    /// <summary>What is known when two statements of equal standing may both be right.</summary>
    public static Known Either(Known left, Known right) =>
        (left, right) switch
        {
            (Truth a, Truth b) => a == b ? a : new Truth(Answer.Undetermined),
            (Word a, Word b) => a.IsUnknown || b.IsUnknown
                ? new Word([])
                : new Word([.. a.Possible.Union(b.Possible, StringComparer.Ordinal)]),
            (Words a, Words b) => new Words(
                [.. a.Certain.Intersect(b.Certain, StringComparer.Ordinal)],
                a.Possible is { } first && b.Possible is { } second
                    ? [.. first.Union(second, StringComparer.Ordinal)]
                    : null
            ),
            (Number a, Number b) => new Number(NumberRange.Hull(a.Range, b.Range)),
            (Time a, Time b) => new Time(
                a.Earliest is { } c && b.Earliest is { } d ? (c < d ? c : d) : null,
                a.Latest is { } e && b.Latest is { } f ? (e > f ? e : f) : null
            ),
            _ => left,
        };

    /// <summary>Whether two statements cannot both be right.</summary>
    public static bool Contradict(Known left, Known right) =>
        (left, right) switch
        {
            (Truth a, Truth b) => a.Value.Not() == b.Value && !a.IsUnknown,
            (Word a, Word b) => !a.IsUnknown
                && !b.IsUnknown
                && !a.Possible.Intersect(b.Possible, StringComparer.Ordinal).Any(),
            (Words a, Words b) => Misses(a, b) || Misses(b, a),
            (Number a, Number b) => a.Range.IsDisjointFrom(b.Range),
            (Time a, Time b) => a.Earliest > b.Latest || b.Earliest > a.Latest,
            _ => false,
        };

    private static bool Misses(Words a, Words b) =>
        b.Possible is { } possible
        && a.Certain.Any(word => !possible.Contains(word, StringComparer.Ordinal));
}
