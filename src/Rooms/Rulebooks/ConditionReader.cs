using System.Globalization;
using System.Text.Json;

namespace Concord.Rooms.Rulebooks;

/// <summary>Reads conditions; an operator, fact or unit that it does not know is a fault.</summary>
internal sealed class ConditionReader(
    List<RulebookFault> faults,
    TimeReader times,
    Func<JsonElement, string, Citation> cite
)
{
    private static readonly Condition s_faulty = new Condition.All([]);

    private static readonly IReadOnlySet<string> s_leaves = new HashSet<string>(
        StringComparer.Ordinal
    )
    {
        "gt",
        "ge",
        "lt",
        "le",
        "share_gt",
        "eq",
        "in",
        "contains",
        "before",
        "since",
    };

    /// <summary>What conditions refer to: definitions, provisions, profiles, by path.</summary>
    public List<(string Kind, string Key, string Path)> Used { get; } = [];

    public Condition Member(JsonMembers owner, string name) =>
        owner.Required(name) is { } e ? Read(e, owner.At(name)) : s_faulty;

    public Condition Read(JsonElement element, string path)
    {
        var node = new JsonMembers(element, path, faults);
        var says = node.OptionalText("says");
        var cites = node.List("cite", cite);
        var operators = node.Names.Where(n => n is not ("says" or "cite" or "rebutted_by"));
        if (operators.ToList() is not [var op])
        {
            node.Fault("", "must have exactly one operator");
            return s_faulty;
        }

        var operand = node.Required(op);
        var read = operand is { } e ? Operator(node, op, e) : null;
        node.End();
        return read is null ? s_faulty : read with { Says = says, Cite = cites };
    }

    private Condition? Operator(JsonMembers node, string op, JsonElement e)
    {
        var path = node.At(op);
        switch (op)
        {
            case "all":
                return new Condition.All(Parts(e, path));
            case "any":
                return new Condition.Any(Parts(e, path));
            case "not":
                return new Condition.Not(Read(e, path));
            case "shown":
                return new Condition.Shown(Read(e, path));
            case "unless_shown":
                return new Condition.UnlessShown(Read(e, path));
            case "presumed":
                return new Condition.Presumed(
                    Read(e, path),
                    Decision(node.Text("rebutted_by"), node.At("rebutted_by"))
                );
            case "decided":
                return new Condition.Decided(Decision(node.Text(op), path));
            case "defined":
                Used.Add(("definition", node.Text(op), path));
                return new Condition.Defined(node.Text(op));
            case "in_force":
                Used.Add(("provision", node.Text(op), path));
                return new Condition.InForce(node.Text(op));
            case "band":
                return Band(e, path);
            default:
                return Leaf(op, e, path);
        }
    }

    private Condition? Leaf(string op, JsonElement e, string path)
    {
        if (!s_leaves.Contains(op))
        {
            faults.Add(new(path, $"'{op}' is not an operator of this format"));
            return null;
        }

        var operands = JsonMembers.ListOf(e, path, (item, _) => item, faults);
        var arity = op is "share_gt" ? 3 : 2;
        if (operands.Count != arity)
        {
            if (e.ValueKind == JsonValueKind.Array)
            {
                faults.Add(new(path, $"must list {arity} operands"));
            }

            return null;
        }

        switch (op)
        {
            case "gt":
                return Compare(operands, Condition.Comparison.Gt, path);
            case "ge":
                return Compare(operands, Condition.Comparison.Ge, path);
            case "lt":
                return Compare(operands, Condition.Comparison.Lt, path);
            case "le":
                return Compare(operands, Condition.Comparison.Le, path);
            case "share_gt":
                return Share(operands, path);
            case "eq":
                return Equal(operands, path);
            case "in":
                return OneOf(operands, path);
            case "contains":
                return Contains(operands, path);
            default:
                return new Condition.Timed(
                    times.Read(operands[0], $"{path}[0]"),
                    op is "before",
                    Limit(operands[1], $"{path}[1]")
                );
        }
    }

    /// <summary>Checks a fact's name and type; null with a fault when either is wrong.</summary>
    public FactDefinition? Use(string name, string path, params FactKind[] kinds)
    {
        if (Vocabulary.Find(name) is not { } row)
        {
            faults.Add(new(path, $"'{name}' is not a fact of the vocabulary"));
            return null;
        }

        if (!kinds.Contains(row.Kind))
        {
            faults.Add(new(path, $"'{name}' is a {Lower(row.Kind)}, not a {Lower(kinds[0])}"));
            return null;
        }

        if (row.Parameter is "profile")
        {
            var open = name.IndexOf('[', StringComparison.Ordinal);
            var close = name.IndexOf(']', StringComparison.Ordinal);
            Used.Add(("profile", name[(open + 1)..close], path));
        }

        return row;
    }

    private Condition? Compare(
        IReadOnlyList<JsonElement> operands,
        Condition.Comparison comparison,
        string path
    )
    {
        var name = Name(operands[0], path);
        if (Use(name, $"{path}[0]", FactKind.Number) is not { } row)
        {
            return null;
        }

        return Number(operands[1], row, $"{path}[1]") is { } threshold
            ? new Condition.Compare(name, comparison, threshold)
            : null;
    }

    private Condition? Share(IReadOnlyList<JsonElement> operands, string path)
    {
        var name = Name(operands[0], path);
        var row = Use(name, $"{path}[0]", FactKind.Number);
        var share = JsonMembers.ListOf(
            operands[2],
            $"{path}[2]",
            (item, _) =>
                item.ValueKind == JsonValueKind.Number && item.TryGetUInt32(out var n) ? n : 0,
            faults
        );
        if (share.Count != 2 || share.Any(n => n is 0 or > 1000))
        {
            faults.Add(new($"{path}[2]", "must be [numerator, denominator], 1 to 1000 each"));
            return null;
        }

        if (row is null)
        {
            return null;
        }

        var whole = Name(operands[1], path);
        if (whole.Length > 0 && char.IsAsciiDigit(whole[0]))
        {
            return Number(operands[1], row, $"{path}[1]") is { } number
                ? new Condition.ShareGreater(name, null, number, share[0], share[1])
                : null;
        }

        if (Use(whole, $"{path}[1]", FactKind.Number) is not { } other)
        {
            return null;
        }

        if (!string.Equals(other.Unit, row.Unit, StringComparison.Ordinal))
        {
            faults.Add(new(path, $"compares {row.Unit} with {other.Unit}"));
        }

        return new Condition.ShareGreater(name, whole, UInt128.Zero, share[0], share[1]);
    }

    private Condition? Equal(IReadOnlyList<JsonElement> operands, string path)
    {
        var name = Name(operands[0], path);
        var row = Use(name, $"{path}[0]", FactKind.Truth, FactKind.Word, FactKind.Text);
        switch (row?.Kind, operands[1].ValueKind)
        {
            case (null, _):
                return null;
            case (FactKind.Truth, JsonValueKind.True or JsonValueKind.False):
                return new Condition.IsTrue(name, operands[1].GetBoolean());
            case (FactKind.Word or FactKind.Text, JsonValueKind.String):
                return Words(name, row, [operands[1].GetString() ?? ""], $"{path}[1]");
            default:
                faults.Add(new($"{path}[1]", $"must be a {Lower(row.Kind)}"));
                return null;
        }
    }

    private Condition.OneOf? OneOf(IReadOnlyList<JsonElement> operands, string path)
    {
        var name = Name(operands[0], path);
        var row = Use(name, $"{path}[0]", FactKind.Word, FactKind.Text);
        var words = JsonMembers.ListOf(operands[1], $"{path}[1]", Name, faults);
        return row is null ? null : Words(name, row, words, $"{path}[1]");
    }

    private Condition.Contains? Contains(IReadOnlyList<JsonElement> operands, string path)
    {
        var name = Name(operands[0], path);
        var row = Use(name, $"{path}[0]", FactKind.Words);
        var word = Name(operands[1], path);
        return row is not null && Words(name, row, [word], $"{path}[1]") is not null
            ? new(name, word)
            : null;
    }

    private Condition.OneOf? Words(
        string name,
        FactDefinition row,
        IReadOnlyList<string> words,
        string path
    )
    {
        foreach (var word in words)
        {
            if (row.Words.Count > 0 && !row.Words.Contains(word, StringComparer.Ordinal))
            {
                faults.Add(new(path, $"'{word}' is not a word of '{name}'"));
                return null;
            }
        }

        if (words.Count == 0)
        {
            faults.Add(new(path, "must list at least one word"));
            return null;
        }

        return new(name, words);
    }

    private Condition.Band? Band(JsonElement e, string path)
    {
        var band = new JsonMembers(e, path, faults);
        var name = band.Text("of");
        var row = Use(name, band.At("of"), FactKind.Number);
        var over = row is null
            ? []
            : band.List("over", (item, p) => Number(item, row, p) ?? UInt128.Zero);
        var bands = band.List(
            "in",
            (item, p) =>
                item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var n) ? n : -1
        );
        band.Element("over");
        band.End();
        if (row is null)
        {
            return null;
        }

        if (over.Count == 0 || over.Zip(over.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            band.Fault("over", "must list rising limits");
        }

        if (bands.Count == 0 || bands.Any(n => n < 0 || n > over.Count))
        {
            band.Fault("in", $"must list bands from 0 to {over.Count}");
        }

        return new(name, over, bands);
    }

    private List<Condition> Parts(JsonElement e, string path)
    {
        var parts = JsonMembers.ListOf(e, path, Read, faults);
        if (parts.Count == 0)
        {
            faults.Add(new(path, "must list at least one condition"));
        }

        return [.. parts];
    }

    private string Decision(string name, string path)
    {
        if (Use(name, path, FactKind.Truth) is { IsDecision: false })
        {
            faults.Add(new(path, $"'{name}' is not a fact that only an authority's act can set"));
        }

        return name;
    }

    private Moment Limit(JsonElement e, string path)
    {
        if (e.ValueKind == JsonValueKind.String && Moment.TryParse(e.GetString(), out var moment))
        {
            return moment;
        }

        faults.Add(new(path, "must be a day like 2026-11-23 or an instant"));
        return default;
    }

    /// <summary>A number with its unit, <c>1e26 FLOP</c>; the unit is the fact's.</summary>
    private UInt128? Number(JsonElement e, FactDefinition row, string path)
    {
        var parts = Name(e, path).Split(' ');
        if (parts.Length != 2 || !Vocabulary.TryReadNumber(parts[0], out var number))
        {
            faults.Add(new(path, $"must be a whole number with its unit, like '1e26 {row.Unit}'"));
            return null;
        }

        if (!string.Equals(parts[1], row.Unit, StringComparison.Ordinal))
        {
            faults.Add(new(path, $"is in {parts[1]}, but '{row.Name}' is in {row.Unit}"));
            return null;
        }

        return number;
    }

    private string Name(JsonElement e, string path)
    {
        if (e.ValueKind == JsonValueKind.String)
        {
            return e.GetString() ?? "";
        }

        faults.Add(new(path, "must be a text"));
        return "";
    }

    private static string Lower(FactKind kind) =>
        kind.ToString().ToLower(CultureInfo.InvariantCulture);
}
