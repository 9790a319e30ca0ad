using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Concord.Acts;

/// <summary>
/// Acts out of a table: a column for a member, named by its path (<c>name</c>,
/// <c>training.state</c>, <c>training_compute[0].low</c>), a record for an act. An empty cell is a
/// member that is not there, or a list that must be there and may be empty. What the schema wants
/// as a text is the cell's text; a list of words may stand in one cell, divided by semicolons; all
/// else is JSON. The order of columns says nothing: an act is filed as the program writes it.
/// </summary>
public sealed class CsvActs
{
    /// <summary>The most columns.</summary>
    public const int ColumnsMax = 500;

    private const int DepthMax = 8;
    private const int ItemsMax = 1_000;
    private const StringSplitOptions Tidy = StringSplitOptions.TrimEntries;

    private readonly object[][] _columns;
    private readonly int _act;

    private CsvActs(object[][] columns, int act) => (_columns, _act) = (columns, act);

    /// <summary>Reads the record that names the columns.</summary>
    public static bool TryParse(
        IReadOnlyList<string> names,
        [NotNullWhen(true)] out CsvActs? acts,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        ArgumentNullException.ThrowIfNull(names);
        acts = null;
        fault = null;
        var act = -1;
        var columns = new object[names.Count][];
        for (var i = 0; fault is null && i < columns.Length && i < ColumnsMax; i++)
        {
            var name = names[i].Trim();
            act = name is "act" ? i : act;
            columns[i] = PathOf(name) ?? [];
            fault =
                columns[i].Length == 0
                    ? new("$", "column-name", $"'{Short(name)}' is no path of a member.")
                : columns[..i].Any(one => Clashes(one, columns[i]))
                    ? new("$", "column-name", $"The column {Short(name)} says what another says.")
                : null;
        }

        fault ??=
            columns.Length > ColumnsMax
                ? new("$", "column-name", $"A table has at most {ColumnsMax} columns.")
            : act < 0
                ? new("$.act", "missing-member", "No column is named act, for the type of the act.")
            : null;
        acts = fault is null ? new(columns, act) : null;
        return acts is not null;
    }

    /// <summary>Reads the act of a record.</summary>
    public bool TryRead(
        IReadOnlyList<string> cells,
        [NotNullWhen(true)] out ActRow? row,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        ArgumentNullException.ThrowIfNull(cells);
        row = null;
        if (cells.Count != _columns.Length)
        {
            fault = new(
                "$",
                "cell-count",
                $"The record has {cells.Count} cells, and the table {_columns.Length} columns."
            );
            return false;
        }

        var name = cells[_act].Trim();
        if (ActTable.Find(name) is not { } type)
        {
            fault = new("$.act", "unknown-act", $"There is no act type '{Short(name)}'.");
            return false;
        }

        var tree = new Branch();
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Trim() is { Length: > 0 } cell)
            {
                tree.Put(_columns[i], cell);
            }
        }

        return ActRow.TryMake(Write(tree, Shapes.Of(type)), null, out row, out fault)
            && TryCanonical(row, out row);
    }

    // Two tables with other columns say the same act in the same bytes.
    private static bool TryCanonical(ActRow read, out ActRow row)
    {
        row = read with { Bytes = ActBytes.Write(read.Act) };
        return true;
    }

    private static byte[] Write(Branch tree, Shape shape)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            tree.Write(json, shape);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteCell(Utf8JsonWriter json, string cell, Shape? shape)
    {
        switch (shape)
        {
            case ListShape { Item: var item } when cell[0] != '[' && IsText(item):
                json.WriteStartArray();
                foreach (var word in IsWord(item) ? cell.Split(';', Tidy) : [cell])
                {
                    json.WriteStringValue(word);
                }

                json.WriteEndArray();
                break;
            case not null when IsText(shape):
                json.WriteStringValue(cell);
                break;
            default:
                WriteJson(json, cell);
                break;
        }
    }

    private static bool IsText(Shape shape) => shape is TextShape || IsWord(shape);

    // No such text has a semicolon in it.
    private static bool IsWord(Shape shape) =>
        shape is WordShape or ParsedShape or TextShape { Form: not TextForm.Plain };

    // What is no JSON is a text: the schema says where none belongs.
    private static void WriteJson(Utf8JsonWriter json, string cell)
    {
        try
        {
            using var _ = JsonDocument.Parse(
                cell,
                new() { MaxDepth = ActJson.MaxDepth - DepthMax }
            );
            json.WriteRawValue(cell);
        }
        catch (JsonException)
        {
            json.WriteStringValue(cell);
        }
    }

    // Members by their names, items by their numbers.
    private static object[]? PathOf(string name)
    {
        var path = new List<object>();
        foreach (var segment in name.Split('.'))
        {
            var parts = segment.Split('[');
            path.Add(parts[0]);
            foreach (var part in parts[1..])
            {
                if (
                    part.Length is < 2 or > 5
                    || part[^1] != ']'
                    || !int.TryParse(
                        part[..^1],
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var item
                    )
                    || item >= ItemsMax
                )
                {
                    return null;
                }

                path.Add(item);
            }

            if (parts[0].Length == 0)
            {
                return null;
            }
        }

        return path.Count <= DepthMax ? [.. path] : null;
    }

    // One is the other, or a part of it; or one is a list where the other is an object.
    private static bool Clashes(object[] one, object[] other)
    {
        for (var i = 0; i < Math.Min(one.Length, other.Length); i++)
        {
            if (!one[i].Equals(other[i]))
            {
                return one[i].GetType() != other[i].GetType();
            }
        }

        return true;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private sealed class Branch
    {
        private readonly List<(object Key, object Value)> _below = [];

        public void Put(ReadOnlySpan<object> path, string cell)
        {
            var key = path[0];
            if (path.Length == 1)
            {
                _below.Add((key, cell));
                return;
            }

            var found = _below.FirstOrDefault(one => one.Key.Equals(key)).Value as Branch;
            if (found is null)
            {
                found = new();
                _below.Add((key, found));
            }

            found.Put(path[1..], cell);
        }

        public void Write(Utf8JsonWriter json, Shape? shape)
        {
            if (_below[0].Key is int)
            {
                json.WriteStartArray();
                foreach (var (_, value) in _below.OrderBy(one => (int)one.Key))
                {
                    Write(json, value, (shape as ListShape)?.Item);
                }

                json.WriteEndArray();
                return;
            }

            json.WriteStartObject();
            foreach (var (key, value) in _below)
            {
                json.WritePropertyName((string)key);
                Write(json, value, MemberOf(shape, (string)key));
            }

            foreach (var member in (shape as ObjectShape)?.Members ?? [])
            {
                if (member is { IsRequired: true, Shape: ListShape { Least: 0 } } && !Has(member))
                {
                    json.WriteStartArray(member.Name);
                    json.WriteEndArray();
                }
            }

            json.WriteEndObject();
        }

        private bool Has(MemberShape member) => _below.Exists(one => one.Key.Equals(member.Name));

        private static void Write(Utf8JsonWriter json, object value, Shape? shape)
        {
            if (value is Branch branch)
            {
                branch.Write(json, shape);
            }
            else
            {
                WriteCell(json, (string)value, shape);
            }
        }

        private static Shape? MemberOf(Shape? shape, string name) =>
            (shape as ObjectShape)
                ?.Members.FirstOrDefault(one =>
                    string.Equals(one.Name, name, StringComparison.Ordinal)
                )
                ?.Shape;
    }
}
