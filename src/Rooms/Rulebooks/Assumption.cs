namespace Concord.Rooms.Rulebooks;

/// <summary>A fact that is assumed, not stated by anybody.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Value">Its value as people write it: <c>placed</c>, <c>yes</c>,
/// <c>3e25</c>.</param>
public sealed record Assumption(string Fact, string Value)
{
    /// <summary><c>FACT=VALUE</c>.</summary>
    public override string ToString() => $"{Fact}={Value}";
}
