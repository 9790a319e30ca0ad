using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Concord.Acts;
using Concord.Ledger;
using Json.Schema;
using Xunit;

namespace Concord.Tests.Acts;

/// <summary>
/// The examples of <c>specs/acts</c>, read as a stranger reads them: every good one is an act,
/// every bad one has exactly the problem that it says, and a validator that is not ours finds in
/// the published schema what it should.
/// </summary>
public sealed partial class BadExamplesTests
{
    private static readonly string s_folder = Path.Combine(Golden.Root, "specs", "acts");

    public static TheoryData<string> Good => Files("*.good*.json");

    public static TheoryData<string> Bad => Files("*.bad.*.json");

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_example_is_good_by_law_and_by_schema(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(s_folder, file));

        Assert.Null(DocumentOf(file).FaultOf(bytes));
        Assert.True(FitsSchema(file, Encoding.UTF8.GetString(bytes)));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_example_has_the_problem_that_it_says(string file)
    {
        using var example = Read(file);
        var root = example.RootElement;
        var fault = FaultOf(file, root);

        Assert.Equal(root.GetProperty("path").GetString(), fault?.Path);
        Assert.Equal(root.GetProperty("rule").GetString(), fault?.Rule);
        Assert.NotEmpty(root.GetProperty("says").GetString()!);
        if (root.TryGetProperty("document", out var document))
        {
            Assert.Equal(
                root.GetProperty("schema").GetString() is "admits",
                FitsSchema(file, document.GetRawText())
            );
        }
    }

    [Fact]
    public void Every_kind_of_document_has_a_good_example_and_three_bad_ones()
    {
        var files = Bad.Select(row => row.Data).ToList();

        Assert.All(
            ActDocument.All,
            one =>
                Assert.True(
                    files.Count(f => f.StartsWith(one.Name + ".bad.", StringComparison.Ordinal))
                        >= 3,
                    one.Name
                )
        );
    }

    [Fact]
    public void Every_rule_is_explained_and_shown_by_an_example()
    {
        var inCode = RulesInCode().ToHashSet(StringComparer.Ordinal);
        var explained = RuleRow()
            .Matches(File.ReadAllText(Path.Combine(s_folder, "README.md")))
            .Select(match => match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);
        var shown = Bad.Select(row =>
        {
            using var example = Read(row.Data);
            return example.RootElement.GetProperty("rule").GetString()!;
        });

        Assert.Equal(inCode.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
        Assert.Empty(inCode.Except(shown, StringComparer.Ordinal));
    }

    private static ActFault? FaultOf(string file, JsonElement example)
    {
        var document = DocumentOf(file);
        return example.TryGetProperty("document", out var json)
                ? document.FaultOf(json.GetRawText())
            : example.TryGetProperty("text", out var text) ? document.FaultOf(text.GetString()!)
            : document.FaultOf(Convert.FromHexString(example.GetProperty("hex").GetString()!));
    }

    private static bool FitsSchema(string file, string json)
    {
        var schema = JsonSchema.FromText(
            File.ReadAllText(Path.Combine(s_folder, DocumentOf(file).Name + ".schema.json"))
        );
        using var document = JsonDocument.Parse(json);
        return schema.Evaluate(document.RootElement).IsValid;
    }

    private static ActDocument DocumentOf(string file)
    {
        var end = file.IndexOf(".good", StringComparison.Ordinal);
        return ActDocument.Of(
            file[..(end < 0 ? file.IndexOf(".bad.", StringComparison.Ordinal) : end)]
        );
    }

    private static JsonDocument Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(s_folder, file)));

    /// <summary>What the sources of the reader name as the rule of a fault.</summary>
    private static IEnumerable<string> RulesInCode() =>
        Directory
            .EnumerateFiles(
                Path.Combine(Golden.Root, "src", "Acts"),
                "*.cs",
                SearchOption.AllDirectories
            )
            .Where(file =>
                !file.EndsWith("Opening.cs", StringComparison.Ordinal)
                && !file.EndsWith("ActBytes.cs", StringComparison.Ordinal)
                // What is wrong with a table is no rule of an act.
                && !file.EndsWith("CsvActs.cs", StringComparison.Ordinal)
                && !file.EndsWith("ActRows.cs", StringComparison.Ordinal)
            )
            .SelectMany(file => RuleWord().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Append("comment")
            .Append("contradiction")
            .Distinct(StringComparer.Ordinal);

    private static TheoryData<string> Files(string pattern) =>
        [
            .. Directory
                .EnumerateFiles(s_folder, pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(s_folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    [GeneratedRegex("\"([a-z]+(?:-[a-z0-9]+)+)\"")]
    private static partial Regex RuleWord();

    [GeneratedRegex(@"(?m)^\| `([a-z0-9-]+)` \|")]
    private static partial Regex RuleRow();
}
