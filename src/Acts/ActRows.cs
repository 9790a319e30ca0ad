namespace Concord.Acts;

/// <summary>The rows of a file of acts.</summary>
public static class ActRows
{
    /// <summary>The longest line of JSON in characters.</summary>
    public const int CharactersMax = 256 << 10;

    /// <summary>Reads JSON Lines: an act a line; lines of spaces alone are none.</summary>
    /// <param name="lines">The lines.</param>
    /// <returns>For each row its line from 1, and the act or what is wrong.</returns>
    public static IEnumerable<(int Line, ActRow? Row, ActFault? Fault)> OfLines(
        IEnumerable<string> lines
    )
    {
        ArgumentNullException.ThrowIfNull(lines);
        var line = 0;
        foreach (var text in lines)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (text.Length > CharactersMax)
            {
                var most = $"A line has at most {CharactersMax} characters.";
                yield return (line, null, new("$", "too-large", most));
                continue;
            }

            yield return ActRow.TryParse(text, out var row, out var fault)
                ? (line, row, null)
                : (line, null, fault);
        }
    }

    /// <summary>Reads a table with commas: its first record names the columns.</summary>
    /// <param name="lines">The lines.</param>
    /// <returns>For each record its line from 1, and the act or what is wrong.</returns>
    public static IEnumerable<(int Line, ActRow? Row, ActFault? Fault)> OfTable(
        IEnumerable<string> lines
    )
    {
        CsvActs? table = null;
        foreach (var (line, cells, fault) in CsvRecords.Read(lines))
        {
            if (cells is null)
            {
                yield return (line, null, new("$", "malformed-table", $"In this record {fault}."));
            }
            else if (table is not null)
            {
                yield return table.TryRead(cells, out var row, out var wrong)
                    ? (line, row, null)
                    : (line, null, wrong);
            }
            else if (!CsvActs.TryParse(cells, out table, out var unnamed))
            {
                yield return (line, null, unnamed);
                yield break;
            }
        }
    }
}
