using Concord.Acts;

namespace Concord.Cli;

/// <summary>
/// The rows of a file of acts: of JSON Lines, an act or an object with <c>act</c> and
/// <c>sealed_part</c> a line; of a table with commas (<c>.csv</c>), an act a record. Every row is
/// read before any is sent.
/// </summary>
internal static class BulkRows
{
    /// <summary>Reads the rows.</summary>
    /// <param name="file">The file.</param>
    /// <returns>For each row its line in the file, and the act or what is wrong.</returns>
    public static IEnumerable<(int Line, Composition? Act, CommandFault? Fault)> Read(string file)
    {
        var lines = File.ReadLines(file);
        var isTable = Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase);
        return (isTable ? ActRows.OfTable(lines) : ActRows.OfLines(lines)).Select(row =>
            row.Row is { } act
                ? (row.Line, Composition.Of(act), (CommandFault?)null)
                : (row.Line, null, Composition.FaultIn($"Line {row.Line}", row.Fault!))
        );
    }
}
