using System.Text;
using System.Text.Json;
using Concord.Authority.Web.Tables;
using Concord.Rooms;
using Parquet.Serialization;

namespace Concord.Authority.Api;

/// <summary>The register as a table: comma-separated, JSON Lines or Parquet.</summary>
public static class RegisterExport
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.General)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly (string Name, Func<RegisterRow, string?> Cell)[] s_columns =
    [
        ("id", row => row.Id),
        ("name", row => row.Name),
        ("version", row => row.Version),
        ("registered", row => row.Registered ? "true" : "false"),
        ("standing", row => row.Standing),
        ("developers", row => row.Developers),
        ("developer_id", row => row.DeveloperId),
        ("countries", row => row.Countries),
        ("published_on", row => row.PublishedOn),
        ("reported_flop", row => row.ReportedFlop),
        ("reported_confidence", row => row.ReportedConfidence),
        ("registered_flop", row => row.RegisteredFlop),
        ("parameters", row => row.Parameters),
        ("base_models", row => row.BaseModels),
        ("filed_at", row => row.FiledAt),
    ];

    /// <summary>The formats and their media types.</summary>
    public static IReadOnlyDictionary<string, string> Formats { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["csv"] = "text/csv; charset=utf-8",
            ["jsonl"] = "application/jsonl",
            ["parquet"] = "application/vnd.apache.parquet",
        };

    /// <summary>The rows, in the order of their ids.</summary>
    public static IEnumerable<RegisterRow> Rows(World world) =>
        world
            .Registry.Models.Values.Where(model => model.AnsweredBy is null)
            .OrderBy(model => model.Id.Index)
            .Select(model => RegisterRow.Of(world, model));

    /// <summary>The rows of lines, in their order.</summary>
    public static IEnumerable<RegisterRow> Rows(World world, IEnumerable<RegisterLine> lines) =>
        lines.Select(line => RegisterRow.Of(world, world.Registry.Models[line.Id]));

    /// <summary>Writes rows of the register.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="format">csv, jsonl or parquet.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ArgumentException">The format is none of the three.</exception>
    public static Task WriteAsync(
        IEnumerable<RegisterRow> rows,
        string format,
        Stream stream,
        CancellationToken cancel
    ) =>
        format switch
        {
            "csv" => WriteCsvAsync(rows, stream, cancel),
            "jsonl" => WriteLinesAsync(rows, stream, cancel),
            "parquet" => WriteParquetAsync(rows, stream, cancel),
            _ => throw new ArgumentException(
                $"{format} is no format; they are {string.Join(", ", Formats.Keys)}.",
                nameof(format)
            ),
        };

    private static async Task WriteCsvAsync(
        IEnumerable<RegisterRow> rows,
        Stream stream,
        CancellationToken cancel
    )
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await writer.WriteAsync(
            (string.Join(',', s_columns.Select(column => column.Name)) + "\r\n").AsMemory(),
            cancel
        );
        foreach (var row in rows)
        {
            var line = string.Join(',', s_columns.Select(column => Quoted(column.Cell(row))));
            await writer.WriteAsync((line + "\r\n").AsMemory(), cancel);
        }
    }

    private static async Task WriteLinesAsync(
        IEnumerable<RegisterRow> rows,
        Stream stream,
        CancellationToken cancel
    )
    {
        foreach (var row in rows)
        {
            await JsonSerializer.SerializeAsync(stream, row, s_json, cancel);
            await stream.WriteAsync("\n"u8.ToArray(), cancel);
        }
    }

    // The format's writer seeks, and a response does not.
    private static async Task WriteParquetAsync(
        IEnumerable<RegisterRow> rows,
        Stream stream,
        CancellationToken cancel
    )
    {
        using var memory = new MemoryStream();
        await ParquetSerializer.SerializeAsync(rows, memory, cancellationToken: cancel);
        memory.Position = 0;
        await memory.CopyToAsync(stream, cancel);
    }

    private static string Quoted(string? cell) =>
        cell is null ? ""
        : cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
