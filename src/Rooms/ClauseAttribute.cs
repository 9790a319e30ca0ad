namespace Concord.Rooms;

/// <summary>
/// Names the clause of the IDAIS-Oxford statement that a law serves: <c>registration</c>,
/// <c>data-centres</c>, <c>incidents</c>, <c>audits</c>, <c>disclosure</c>, <c>red-lines</c>,
/// <c>proof</c>, <c>funding</c>, <c>network</c>.
/// </summary>
/// <param name="clause">The clause.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ClauseAttribute(string clause) : Attribute
{
    /// <summary>The clause.</summary>
    public string Clause { get; } = clause;
}
