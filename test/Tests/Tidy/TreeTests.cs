using System.Text.RegularExpressions;
using Xunit;

namespace Concord.Tests.Tidy;

/// <summary>Rules on the tree of files, whatever their kind.</summary>
public sealed partial class TreeTests
{
    private const int FileBytesMax = 1 << 20;

    /// <summary>The rules' own words must be writable somewhere.</summary>
    private const string RulesFolder = "test/Tests/Tidy/";

    [Fact]
    public void Nothing_is_left_to_be_done_in_a_comment() =>
        None(
            from file in Texts(".cs", ".cshtml", ".css", ".js", ".md", ".json", ".sh", ".props")
            from line in Repository.Lines(file).Index()
            where LeftOver().IsMatch(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}"
        );

    [Fact]
    public void A_page_of_text_has_one_first_heading() =>
        None(
            from file in Repository.With(".md")
            let count = Headings(Repository.Lines(file))
            where count != 1
            select $"{file} has {count} first-level headings"
        );

    [Fact]
    public void No_file_names_a_registry_of_packages() =>
        None(
            from file in Texts()
            from line in Repository.Lines(file).Index()
            where Registry().IsMatch(line.Item)
            select $"{file}:{line.Index + 1} names where packages come from"
        );

    [Fact]
    public void No_file_names_a_path_of_one_machine() =>
        None(
            from file in Texts()
            from line in Repository.Lines(file).Index()
            where
                MachinePath().IsMatch(line.Item)
                || line.Item.Contains(Repository.Root + "/", StringComparison.Ordinal)
            select $"{file}:{line.Index + 1} names a path of one machine"
        );

    [Fact]
    public void No_file_is_larger_than_a_mebibyte() =>
        None(
            from file in Repository.Files
            let size = new FileInfo(Path.Combine(Repository.Root, file)).Length
            where size > FileBytesMax
            select $"{file} has {size} bytes"
        );

    [Fact]
    public void The_repository_says_what_is_and_not_what_is_planned() =>
        None(
            from file in Repository.With(".md", ".txt")
            where PlanName().IsMatch(Path.GetFileName(file))
            select $"{file} is a plan or a status"
        );

    [Fact]
    public void What_begins_with_an_interpreter_may_be_run_and_nothing_else() =>
        None(
            from file in Repository.Files
            let runs = OperatingSystem.IsWindows()
                || File.GetUnixFileMode(Path.Combine(Repository.Root, file))
                    .HasFlag(UnixFileMode.UserExecute)
            let names = Repository.IsText(file) && Repository.Text(file).StartsWith("#!", Ordinal)
            where runs != names && !OperatingSystem.IsWindows()
            select runs ? $"{file} is executable" : $"{file} is not executable"
        );

    [Fact]
    public void Text_ends_its_lines_with_a_line_feed_and_nothing_before_it() =>
        None(
            from file in Texts(".cs", ".cshtml", ".css", ".js", ".json", ".props", ".csproj")
            let text = Repository.Text(file)
            where text.Contains('\r', Ordinal)
            select $"{file} has carriage returns"
        );

    [Theory]
    [InlineData("// " + "TO" + "DO: later", true)]
    [InlineData("a todolist", false)]
    [InlineData("FIX" + "ME", true)]
    public void The_rule_on_left_overs_reads_words(string line, bool found) =>
        Assert.Equal(found, LeftOver().IsMatch(line));

    [Theory]
    [InlineData("\"resolved\": \"https://any.example/x.tgz\"", true)]
    [InlineData("<add key=\"x\" value=\"https://any.example/index.json\" />", true)]
    [InlineData("see https://www.nuget.example", false)]
    public void The_rule_on_registries_reads_lock_and_configuration_files(
        string line,
        bool found
    ) => Assert.Equal(found, Registry().IsMatch(line));

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static IEnumerable<string> Texts(params string[] endings) =>
        from file in endings.Length == 0 ? Repository.Files : Repository.With(endings)
        where !file.StartsWith(RulesFolder, Ordinal) && Repository.IsText(file)
        select file;

    private static int Headings(string[] lines)
    {
        var (count, isCode) = (0, false);
        foreach (var line in lines)
        {
            isCode ^= line.StartsWith("```", Ordinal);
            count += !isCode && line.StartsWith("# ", Ordinal) ? 1 : 0;
        }

        return count;
    }

    private static void None(IEnumerable<string> faults) =>
        Assert.True(!faults.Any(), string.Join('\n', faults));

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LeftOver();

    [GeneratedRegex(
        "\"resolved\": *\"https?://|<add key=\"[^\"]*\" value=\"https?://|^registry *= *https?://"
            + "|registry[.]npmjs[.]|api[.]nuget[.]org|pypi[.]org"
    )]
    private static partial Regex Registry();

    [GeneratedRegex(@"(?<![\w.#*:/-])/(?:home|root|work|Users)/\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"^(?:plan|todo|status|progress|notes|summary|roadmap)[^/]*\.(?:md|txt)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex PlanName();
}
