using Concord.Rooms;

namespace Concord.Authority.Foundation;

/// <summary>
/// Reads a cell that names several base models separated by commas, although names carry commas and
/// parentheses themselves: the longest known name wins, a comma within parentheses separates
/// nothing, and what is known under no row stays words.
/// </summary>
public static class BaseNames
{
    /// <summary>A name out of the cell and the row that has it.</summary>
    /// <param name="Words">The name as the cell has it.</param>
    /// <param name="Row">The name of the row; null when no row has it.</param>
    public sealed record Named(string Words, string? Row);

    /// <summary>The names in a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="rows">Row names by their folded form.</param>
    public static IReadOnlyList<Named> Split(string cell, IReadOnlyDictionary<string, string> rows)
    {
        var parts = cell.Split(',');
        var names = new List<Named>();
        for (var i = 0; i < parts.Length; )
        {
            var (length, row) = LongestKnown(parts, i, rows);
            var words = string.Join(',', parts, i, length).Trim();
            if (words.Length > 0)
            {
                names.Add(new(words, row));
            }

            i += length;
        }

        return names;
    }

    private static (int Length, string? Row) LongestKnown(
        string[] parts,
        int from,
        IReadOnlyDictionary<string, string> rows
    )
    {
        for (var length = parts.Length - from; length >= 1; length--)
        {
            var folded = FoldedName.Of(string.Join(',', parts, from, length));
            if (folded.Length > 0 && rows.TryGetValue(folded, out var row))
            {
                return (length, row);
            }
        }

        var open = 0;
        for (var length = 1; from + length <= parts.Length; length++)
        {
            open += parts[from + length - 1].Count(c => c == '(');
            open -= parts[from + length - 1].Count(c => c == ')');
            if (open <= 0)
            {
                return (length, null);
            }
        }

        return (1, null);
    }
}
