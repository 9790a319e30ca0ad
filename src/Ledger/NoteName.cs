namespace Concord.Ledger;

/// <summary>The name of a key of signed notes; a log's is its origin.</summary>
internal static class NoteName
{
    private const int MaxLength = 255;

    /// <summary>
    /// Whether a text is a name: not empty, without Unicode space, control or plus sign.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaxLength)
        {
            return false;
        }

        foreach (var rune in name.EnumerateRunes())
        {
            if (
                System.Text.Rune.IsWhiteSpace(rune)
                || System.Text.Rune.IsControl(rune)
                || rune.Value is '+' or 0xFFFD
            )
            {
                return false;
            }
        }

        return true;
    }
}
