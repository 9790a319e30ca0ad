using System.Text;

namespace Concord.Acts;

/// <summary>
/// The records of a table with commas (RFC 4180), out of its lines: a cell in quotes may hold
/// commas, line ends and doubled quotes.
/// </summary>
public static class CsvRecords
{
    /// <summary>The longest record in characters.</summary>
    public const int CharactersMax = 256 << 10;

    /// <summary>Reads the records; lines without a character are none.</summary>
    /// <param name="lines">The lines, without their ends.</param>
    /// <returns>
    /// For each record the line at which it begins, and its cells, or what is wrong with it.
    /// </returns>
    public static IEnumerable<(int Line, string[]? Cells, string? Fault)> Read(
        IEnumerable<string> lines
    )
    {
        ArgumentNullException.ThrowIfNull(lines);
        var (line, begun) = (0, 0);
        StringBuilder? open = null;
        foreach (var text in lines)
        {
            line++;
            if (open is null && text.Length == 0)
            {
                continue;
            }

            begun = open is null ? line : begun;
            open = open is null ? new(line == 1 ? text.TrimStart('\uFEFF') : text) : open;
            if (begun != line)
            {
                open.Append('\n').Append(text);
            }

            var isLong = open.Length > CharactersMax;
            if (!isLong && !IsClosed(open))
            {
                continue;
            }

            yield return isLong
                ? (begun, null, "the record is too long, or a quote is not closed")
                : Split(begun, open.ToString());
            open = null;
        }

        if (open is not null)
        {
            yield return (begun, null, "a quote is not closed");
        }
    }

    private static bool IsClosed(StringBuilder record)
    {
        var isClosed = true;
        foreach (var chunk in record.GetChunks())
        {
            isClosed ^= chunk.Span.Count('"') % 2 == 1;
        }

        return isClosed;
    }

    private static (int Line, string[]? Cells, string? Fault) Split(int line, string record)
    {
        var cells = new List<string>();
        for (var at = 0; ; at++)
        {
            if (at < record.Length && record[at] == '"')
            {
                var end = EndOf(record, at);
                cells.Add(record[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = end + 1;
            }
            else
            {
                var end = record.IndexOf(',', at);
                end = end < 0 ? record.Length : end;
                cells.Add(record[at..end]);
                at = end;
                if (cells[^1].Contains('"', StringComparison.Ordinal))
                {
                    return (line, null, "a quote stands in a cell that does not begin with one");
                }
            }

            if (at == record.Length)
            {
                return (line, [.. cells], null);
            }

            if (record[at] != ',')
            {
                return (line, null, "something follows a quote that closes a cell");
            }
        }
    }

    // The quotes of a record are even, so there is an end.
    private static int EndOf(string record, int from)
    {
        for (var at = from + 1; ; at++)
        {
            if (record[at] == '"')
            {
                if (at + 1 == record.Length || record[at + 1] != '"')
                {
                    return at;
                }

                at++;
            }
        }
    }
}
