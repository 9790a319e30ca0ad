namespace Concord.Rooms.Rulebooks;

/// <summary>
/// A condition of law: a small tree over the vocabulary of facts. It holds no code and no string
/// expression, so that anybody can read, compare and check it.
/// </summary>
public abstract record Condition
{
    private Condition() { }

    /// <summary>What it says, in words of the rulebook; null: the operator says it.</summary>
    public string? Says { get; init; }

    /// <summary>Where it is written.</summary>
    public IReadOnlyList<Citation> Cite { get; init; } = [];

    /// <summary>All of the parts hold.</summary>
    /// <param name="Parts">The parts.</param>
    public sealed record All(IReadOnlyList<Condition> Parts) : Condition;

    /// <summary>At least one of the parts holds.</summary>
    /// <param name="Parts">The parts.</param>
    public sealed record Any(IReadOnlyList<Condition> Parts) : Condition;

    /// <summary>The part does not hold.</summary>
    /// <param name="Part">The part.</param>
    public sealed record Not(Condition Part) : Condition;

    /// <summary>Yes only if the part is yes; what nobody has shown counts as no.</summary>
    /// <param name="Part">The part.</param>
    public sealed record Shown(Condition Part) : Condition;

    /// <summary>No only if the part is yes: an exemption is a claim, and must be shown.</summary>
    /// <param name="Part">The part.</param>
    public sealed record UnlessShown(Condition Part) : Condition;

    /// <summary>Holds as the part does until the authority accepts a rebuttal.</summary>
    /// <param name="Part">The presumption.</param>
    /// <param name="RebuttedBy">The fact that only an authority's act can set.</param>
    public sealed record Presumed(Condition Part, string RebuttedBy) : Condition;

    /// <summary>An authority's act has decided it; yes or no, never undetermined.</summary>
    /// <param name="Fact">The fact that only an authority's act can set.</param>
    public sealed record Decided(string Fact) : Condition;

    /// <summary>A definition of the same rulebook.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Defined(string Id) : Condition;

    /// <summary>A duty, or with the rulebook's own id the rulebook, is in force.</summary>
    /// <param name="Provision">The id.</param>
    public sealed record InForce(string Provision) : Condition;

    /// <summary>A condition about one fact, decided without looking at others.</summary>
    public abstract record Leaf : Condition
    {
        private protected Leaf() { }

        /// <summary>The fact whose value decides; for a share, the part.</summary>
        public abstract string Fact { get; }

        /// <summary>The same for leaves that ask the same, wherever they stand.</summary>
        public abstract string Key { get; }
    }

    /// <summary>How a number is compared.</summary>
    public enum Comparison
    {
        /// <summary>Greater than.</summary>
        Gt,

        /// <summary>At least.</summary>
        Ge,

        /// <summary>Less than.</summary>
        Lt,

        /// <summary>At most.</summary>
        Le,
    }

    /// <summary>A number against a threshold.</summary>
    /// <param name="Fact">The number.</param>
    /// <param name="Is">How it is compared.</param>
    /// <param name="Threshold">The threshold, in the fact's unit.</param>
    public sealed record Compare(string Fact, Comparison Is, UInt128 Threshold) : Leaf
    {
        /// <inheritdoc/>
        public override string Fact { get; } = Fact;

        /// <inheritdoc/>
        public override string Key => $"{Is} {Fact} {Threshold}";
    }

    /// <summary>A number against a share of another; an exact share is not more than it.</summary>
    /// <param name="Fact">The part.</param>
    /// <param name="Whole">The whole, when it is a fact.</param>
    /// <param name="FixedWhole">The whole, when it is a number.</param>
    /// <param name="Numerator">Of the share.</param>
    /// <param name="Denominator">Of the share.</param>
    public sealed record ShareGreater(
        string Fact,
        string? Whole,
        UInt128 FixedWhole,
        uint Numerator,
        uint Denominator
    ) : Leaf
    {
        /// <inheritdoc/>
        public override string Fact { get; } = Fact;

        /// <inheritdoc/>
        public override string Key =>
            $"share {Fact} {Whole ?? FixedWhole.ToString()} {Numerator}/{Denominator}";
    }

    /// <summary>A truth.</summary>
    /// <param name="Fact">The fact.</param>
    /// <param name="Value">The value asked for.</param>
    public sealed record IsTrue(string Fact, bool Value) : Leaf
    {
        /// <inheritdoc/>
        public override string Fact { get; } = Fact;

        /// <inheritdoc/>
        public override string Key => $"{Fact} is {Value}";
    }

    /// <summary>A word among others.</summary>
    /// <param name="Fact">The fact.</param>
    /// <param name="Words">The words asked for.</param>
    public sealed record OneOf(string Fact, IReadOnlyList<string> Words) : Leaf
    {
        /// <inheritdoc/>
        public override string Fact { get; } = Fact;

        /// <inheritdoc/>
        public override string Key => $"{Fact} in {string.Join(',', Words)}";
    }

    /// <summary>A set that has a word in it.</summary>
    /// <param name="Fact">The fact.</param>
    /// <param name="Word">The word asked for.</param>
    public sealed record Contains(string Fact, string Word) : Leaf
    {
        /// <inheritdoc/>
        public override string Fact { get; } = Fact;

        /// <inheritdoc/>
        public override string Key => $"{Fact} contains {Word}";
    }

    /// <summary>
    /// A number that lies in one of several bands. Band 0 is at or below the first limit, band
    /// <em>n</em> above the <em>n</em>-th. Read as one question, so that a straddle between two
    /// bands
    /// that both count is <em>yes</em>.
    /// </summary>
    /// <param name="Fact">The number.</param>
    /// <param name="Over">The limits, rising.</param>
    /// <param name="In">The bands asked for.</param>
    public sealed record Band(string Fact, IReadOnlyList<UInt128> Over, IReadOnlyList<int> In)
        : Leaf
    {
        /// <inheritdoc/>
        public override string Fact { get; } = Fact;

        /// <inheritdoc/>
        public override string Key =>
            $"{Fact} band {string.Join(',', Over)} in {string.Join(',', In)}";
    }

    /// <summary>A moment before, or not before, another.</summary>
    /// <param name="Time">The moment asked about.</param>
    /// <param name="IsBefore">Whether it must be before; else at or after.</param>
    /// <param name="Limit">The fixed moment.</param>
    public sealed record Timed(TimeExpression Time, bool IsBefore, Moment Limit) : Leaf
    {
        /// <inheritdoc/>
        public override string Fact => FactOf(Time);

        /// <inheritdoc/>
        public override string Key => $"{Fact} {(IsBefore ? "before" : "since")} {Limit}";

        private static string FactOf(TimeExpression time) =>
            time switch
            {
                TimeExpression.OfFact fact => fact.Name,
                TimeExpression.FirstOf all => FactOf(all.Of[0]),
                TimeExpression.LaterOf all => FactOf(all.Of[0]),
                TimeExpression.After after => FactOf(after.From),
                _ => "",
            };
    }
}
