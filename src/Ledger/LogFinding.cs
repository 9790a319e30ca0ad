namespace Concord.Ledger;

/// <summary>Something in a log's data that is not as it must be.</summary>
/// <param name="Place">Where: <c>tile/0/x001/234.p/17 byte 33</c>, <c>entries row 512</c>.</param>
/// <param name="What">What is wrong there.</param>
public sealed record LogFinding(string Place, string What)
{
    /// <summary>
    /// Puts the place right, from what the log has signed; null where that cannot be computed.
    /// </summary>
    public Action? Mend { get; init; }

    /// <summary>Place and fault in one line.</summary>
    public override string ToString() => $"{Place}: {What}";
}
