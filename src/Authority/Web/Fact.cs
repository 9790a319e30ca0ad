namespace Concord.Authority.Web;

/// <summary>One row of a list of facts: value, range and source, always in this order.</summary>
/// <param name="Name">What it is a fact about; empty: a further source on the row above.</param>
/// <param name="Value">The value in words; null is shown as <em>Not given</em>.</param>
public sealed record Fact(string Name, Markup? Value)
{
    /// <summary>The range, or a second line of the value.</summary>
    public Markup? Range { get; init; }

    /// <summary>A drawing of the value for wide screens.</summary>
    public Markup? WideDrawing { get; init; }

    /// <summary>The same drawing for narrow screens.</summary>
    public Markup? NarrowDrawing { get; init; }

    /// <summary>Who says so, and where.</summary>
    public Markup? Source { get; init; }
}
