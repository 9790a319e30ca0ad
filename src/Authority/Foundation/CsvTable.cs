using Concord.Acts;

namespace Concord.Authority.Foundation;

/// <summary>Reads comma-separated tables with quoted cells (RFC 4180).</summary>
public static class CsvTable
{
    /// <summary>
    /// The rows as maps from column name to cell; the first row names the columns.
    /// </summary>
    /// <exception cref="InvalidDataException">A row has another number of cells than the first, or
    /// quotes that are none.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string text)
    {
        var rows = Rows(text);
        if (rows.Count == 0)
        {
            return [];
        }

        var columns = rows[0];
        var table = new List<IReadOnlyDictionary<string, string>>(rows.Count - 1);
        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i].Length != columns.Length)
            {
                throw new InvalidDataException(
                    $"Row {i + 1} has {rows[i].Length} cells, the head has {columns.Length}."
                );
            }

            var row = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var c = 0; c < columns.Length; c++)
            {
                row[columns[c]] = rows[i][c];
            }

            table.Add(row);
        }

        return table;
    }

    private static List<string[]> Rows(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return
        [
            .. CsvRecords
                .Read(lines)
                .Select(one =>
                    one.Cells ?? throw new InvalidDataException($"Line {one.Line}: {one.Fault}.")
                ),
        ];
    }
}
