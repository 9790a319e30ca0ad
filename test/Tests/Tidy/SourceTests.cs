using System.Text.RegularExpressions;
using Xunit;

namespace Concord.Tests.Tidy;

/// <summary>Rules on C# that no analyzer states.</summary>
public sealed partial class SourceTests
{
    private const int LineColumnsMax = 100;
    private const int UnbreakableColumns = 60;
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 70;

    /// <summary>Files that may be longer than the rest, each with its reason.</summary>
    private static readonly Dictionary<string, string> s_longFiles = new(StringComparer.Ordinal)
    {
        ["src/Ledger/Cose/AdmissionGate.cs"] = "one gate, read beside its specification",
        ["src/Rooms/Registry/RegistryView.cs"] = "one fold, an arm for every act of the room",
    };

    [Fact]
    public void Lines_are_at_most_100_columns() =>
        None(
            from file in Repository.With(".cs")
            from line in Repository.Lines(file).Index()
            where line.Item.Length > LineColumnsMax && !IsUnbreakable(line.Item)
            select $"{file}:{line.Index + 1} has {line.Item.Length} columns"
        );

    [Fact]
    public void Files_are_at_most_400_lines()
    {
        None(
            from file in Repository.With(".cs", ".cshtml", ".css")
            let count = Repository.Lines(file).Length
            where count > FileLinesMax && !s_longFiles.ContainsKey(file)
            select $"{file} has {count} lines"
        );
        None(
            from file in s_longFiles.Keys
            where
                !Repository.Files.Contains(file, StringComparer.Ordinal)
                || Repository.Lines(file).Length <= FileLinesMax
            select $"{file} needs no exception"
        );
    }

    [Fact]
    public void Methods_are_at_most_70_lines() =>
        None(
            from file in Repository.With(".cs")
            where file.StartsWith("src/", Ordinal)
            from method in Methods(Repository.Lines(file))
            where method.Lines > MethodLinesMax
            select $"{file}:{method.Line} has a method of {method.Lines} lines"
        );

    [Fact]
    public void Nothing_raw_is_written_into_a_page() =>
        None(
            from file in Repository.With(".cshtml", ".cs")
            where file.StartsWith("src/", Ordinal)
            from line in Repository.Lines(file).Index()
            where RawWords().IsMatch(line.Item)
            select $"{file}:{line.Index + 1} writes raw"
        );

    [Fact]
    public void No_two_log_messages_have_one_event_id() =>
        None(
            from file in Repository.With(".cs")
            where file.StartsWith("src/", Ordinal)
            from match in EventId().Matches(Repository.Text(file))
            group file by match.Groups[1].Value into same
            where same.Count() > 1
            select $"event id {same.Key} is given {same.Count()} times: {string.Join(", ", same)}"
        );

    [Fact]
    public void Every_log_message_has_an_event_id() =>
        None(
            from file in Repository.With(".cs")
            where file.StartsWith("src/", Ordinal)
            let text = Repository.Text(file)
            let messages = text.Split("[LoggerMessage(").Length - 1
            where messages != EventId().Count(text)
            select $"{file} has {messages} log messages, and not each begins with its id"
        );

    [Fact]
    public void Names_say_what_a_thing_is() =>
        None(
            from file in Repository.With(".cs")
            from Match name in TypeName().Matches(Repository.Text(file))
            where EmptyName().IsMatch(name.Groups["name"].Value)
            select $"{file}: {name.Groups["name"].Value} says nothing; use the field's own word"
        );

    [Fact]
    public void One_pen_appends_to_the_log()
    {
        var pens = (
            from file in Repository.With(".cs")
            where file.StartsWith("src/", StringComparison.Ordinal)
            from line in Repository.Lines(file)
            where line.Contains("#pragma warning disable RS0030", StringComparison.Ordinal)
            select file
        ).ToArray();

        Assert.True(pens.Length <= 1, string.Join('\n', pens));
    }

    /// <summary>A directive, or a line with a word too long to stand elsewhere.</summary>
    private static bool IsUnbreakable(string line) =>
        line.TrimStart().StartsWith("#pragma", Ordinal)
        || line.Split(' ').Any(word => word.Length > UnbreakableColumns);

    /// <summary>
    /// Bodies of methods by the formatter's layout: a brace alone on its line closes at the same
    /// column, and what stands before it is not the head of a type.
    /// </summary>
    private static IEnumerable<(int Line, int Lines)> Methods(string[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i] is not ("    {" or "        {") || IsHeadOfType(lines, i - 1))
            {
                continue;
            }

            var closing = lines[i].Replace('{', '}');
            var end = Array.FindIndex(lines, i, line => line.StartsWith(closing, Ordinal));
            if (end > 0 && lines[end].Length == closing.Length)
            {
                yield return (i, end - i - 1);
                i = end;
            }
        }
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static bool IsHeadOfType(string[] lines, int at)
    {
        for (; at >= 0 && lines[at].Length > 0 && lines[at].Trim() is not ("{" or "}"); at--)
        {
            if (TypeName().IsMatch(lines[at]))
            {
                return true;
            }
        }

        return false;
    }

    private static void None(IEnumerable<string> faults) =>
        Assert.True(!faults.Any(), string.Join('\n', faults));

    [GeneratedRegex(@"Html\.Raw|HtmlString|WriteLiteral|HtmlContentBuilder|AppendHtml")]
    private static partial Regex RawWords();

    [GeneratedRegex(
        @"^[ \w]*\b(?:class|record|struct|interface|enum) (?:struct )?(?<name>\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(\d+),")]
    private static partial Regex EventId();

    [GeneratedRegex(
        "(?:(?<!Tag)Helpers?|Managers?|Utils?|Utilities|Common|Misc|Base|Impl|Dto|Processor)$"
    )]
    private static partial Regex EmptyName();
}
