using System.Text;

namespace Concord.Authority.Foundation;

/// <summary>Reads comma-separated tables with quoted cells (RFC 4180).</summary>
public static class CsvTable
{
    /// <summary>
    /// The rows as maps from column name to cell; the first row names the columns.
    /// </summary>
    /// <exception cref="InvalidDataException">A row has another number of cells than the
    /// first.</exception>
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
            if (rows[i].Count != columns.Count)
            {
                throw new InvalidDataException(
                    $"Row {i + 1} has {rows[i].Count} cells, the head has {columns.Count}."
                );
            }

            var row = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var c = 0; c < columns.Count; c++)
            {
                row[columns[c]] = rows[i][c];
            }

            table.Add(row);
        }

        return table;
    }

    private static List<List<string>> Rows(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            row.Add(cell.ToString());
            rows.Add(row);
        }

        return rows;
    }
}
