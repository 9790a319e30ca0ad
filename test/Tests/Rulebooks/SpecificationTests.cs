using System.Text;
using Concord.Rooms.Rulebooks;
using Concord.Tests.Tidy;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>The specification says what the code does, complete enough for a stranger.</summary>
public sealed class SpecificationTests
{
    private const string Begin = "<!-- vocabulary -->\n";
    private const string End = "<!-- /vocabulary -->";

    [Fact]
    public void The_specification_lists_the_vocabulary()
    {
        var text = Repository.Text("specs/rulebook.md");
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = text.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(
                Path.Combine(Repository.Root, "specs/rulebook.md"),
                text[..from] + Table() + text[to..]
            );
            return;
        }

        Assert.Equal(Table(), text[from..to], ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("any")]
    [InlineData("not")]
    [InlineData("shown")]
    [InlineData("unless_shown")]
    [InlineData("presumed")]
    [InlineData("decided")]
    [InlineData("defined")]
    [InlineData("in_force")]
    [InlineData("gt")]
    [InlineData("ge")]
    [InlineData("lt")]
    [InlineData("le")]
    [InlineData("share_gt")]
    [InlineData("band")]
    [InlineData("eq")]
    [InlineData("in")]
    [InlineData("contains")]
    [InlineData("before")]
    [InlineData("since")]
    public void The_specification_has_every_operator(string op) =>
        Assert.Contains($"`{op}`", Repository.Text("specs/rulebook.md"), StringComparison.Ordinal);

    private static string Table()
    {
        var table = new StringBuilder("\n| fact | type | stated by | means |\n|---|---|---|---|\n");
        foreach (var row in Vocabulary.Rows)
        {
            var name = row.Name.Replace("[]", $"[{row.Parameter}]", StringComparison.Ordinal);
            var type = row.Unit is null
                ? row.Kind.ToString().ToLowerInvariant()
                : $"number, {row.Unit}";
            var by =
                row.IsDerived ? "computed"
                : row.IsDecision ? "authority"
                : "party";
            var words = row.Words.Count == 0 ? "" : $" One of: {string.Join(", ", row.Words)}.";
            table.Append($"| `{name}` | {type} | {by} | {row.Says}{words} |\n");
        }

        return table.Append('\n').ToString();
    }
}
