namespace Concord.Ledger;

/// <summary>Names the first byte in which what is there differs from what must be.</summary>
internal static class LogDifference
{
    public static LogFinding Find(
        string place,
        ReadOnlySpan<byte> expected,
        ReadOnlySpan<byte> there,
        Action? mend
    )
    {
        var at = expected.CommonPrefixLength(there);
        var what =
            at == there.Length ? $"ends here; {expected.Length} bytes must be there"
            : at == expected.Length ? $"{there.Length - at} bytes too many from here on"
            : $"is 0x{there[at]:x2}, must be 0x{expected[at]:x2}";
        return new($"{place} byte {at}", what) { Mend = mend };
    }
}
