namespace Concord.Authority.Web.Subjects;

/// <summary>One point of two laws side by side.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="A">What the first says; null: nothing.</param>
/// <param name="B">What the second says; null: nothing.</param>
public sealed record ComparedRow(string Name, Markup? A, Markup? B)
{
    /// <summary>Whether both say the same, word for word.</summary>
    public bool IsSame { get; } = string.Equals(A?.Plain(), B?.Plain(), StringComparison.Ordinal);
}
