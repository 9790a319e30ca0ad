using System.Text.RegularExpressions;
using Xunit;

namespace Concord.Tests.Tidy;

/// <summary>Pages for people name what is there.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void Every_threat_of_the_security_page_names_a_test_that_is_there()
    {
        var threats = Table("SECURITY.md", "| who |").ToList();

        Assert.NotEmpty(threats);
        Assert.All(
            threats,
            cells => Assert.True(NamedTests.IsThere(cells[^1].Trim('`')), cells[^1])
        );
    }

    [Fact]
    public void The_page_on_exit_codes_has_every_code_and_no_other() =>
        Assert.Equal(
            Code()
                .Matches(Repository.Text("src/Cli/ExitCode.cs"))
                .Select(match => match.Groups[1].Value),
            Table("docs/EXIT-CODES.md", "| code |").Select(cells => cells[0])
        );

    [Fact]
    public void Every_link_within_the_repository_leads_somewhere()
    {
        var broken =
            from file in Repository.With(".md")
            from match in Link().Matches(Repository.Text(file))
            let target = match.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            let folder = Path.GetDirectoryName(file)!
            let path = Path.Combine(Repository.Root, folder, target)
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{file}: {target}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_path_in_the_map_is_there()
    {
        var missing =
            from match in Span().Matches(Repository.Text("ARCHITECTURE.md"))
            let path = match.Groups[1].Value
            where !path.Contains('<', StringComparison.Ordinal)
            let full = Path.Combine(Repository.Root, path)
            where !File.Exists(full) && !Directory.Exists(full)
            select path;

        Assert.Empty(missing);
    }

    private static IEnumerable<string[]> Table(string file, string head) =>
        Repository
            .Lines(file)
            .SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    [GeneratedRegex(
        @"^    \w+ = (?<code>\d+),",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|test|rulebooks|specs|stories|decisions|docs)(?:/[^`\s]*)?)`")]
    private static partial Regex Span();
}
