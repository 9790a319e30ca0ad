using System.CommandLine;
using System.CommandLine.Parsing;
using Concord.Cli;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>The grammar: what help says, what is not understood, what completes.</summary>
public sealed class CommandLineTests
{
    private static string Here => AppContext.BaseDirectory;

    [Fact]
    public async Task The_command_line_starts_and_says_its_version()
    {
        var run = await ConcordProgram.RunAsync(Here, "--version");

        Assert.StartsWith("0.1.0", run.Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_calls_the_program_by_its_name_and_shows_examples()
    {
        var root = (await ConcordProgram.RunAsync(Here, "--help")).Done().Output;
        var derive = (await ConcordProgram.RunAsync(Here, "derive", "--help")).Done().Output;

        Assert.Contains("concord [command]", root, StringComparison.Ordinal);
        Assert.DoesNotContain("Concord.Cli", root + derive, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  concord derive R-", derive, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_of_help_is_understood()
    {
        var root = CommandLine.Root();

        Assert.All(
            Examples.All,
            example =>
            {
                var words = CommandLineParser.SplitCommandLine(example.Replace('\'', '"'));
                Assert.Empty(root.Parse([.. words.Skip(1)]).Errors);
            }
        );
    }

    [Fact]
    public void Every_verb_has_an_example_and_says_what_it_does() =>
        Assert.All(
            Leaves(CommandLine.Root()),
            verb =>
            {
                Assert.False(string.IsNullOrEmpty(verb.Description), verb.Name);
                Assert.NotEmpty(Examples.Of(Help.PathOf(verb)));
            }
        );

    [Fact]
    public async Task Words_that_are_not_understood_end_with_2_and_say_where_to_look()
    {
        var people = await ConcordProgram.RunAsync(Here, "derive");
        var program = await ConcordProgram.RunAsync(Here, "derive", "--json");

        Assert.Equal(2, people.Code);
        Assert.Contains("concord derive --help", people.Error, StringComparison.Ordinal);
        Assert.Equal(2, program.Code);
        Assert.Equal(2, program.Json.GetProperty("exit_code").GetInt32());
        Assert.Contains(
            "CHILD",
            program.Json.GetProperty("error").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Where_no_authority_is_a_command_ends_with_6_and_says_how_to_start_one()
    {
        var run = await ConcordProgram.RunAsync(Here, "explain", "GPT-4", "--data", "nowhere");

        Assert.Equal(6, run.Code);
        Assert.Contains("concord up", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("concord regis", "register")]
    [InlineData("concord explain x --ru", "--rulebook")]
    [InlineData("concord register x --training ", "planned")]
    public async Task A_shell_completes_words(string typed, string expected)
    {
        var run = await ConcordProgram.RunAsync(Here, $"[suggest:{typed.Length}]", typed);

        Assert.Contains(expected, run.Done().Output.Split('\n').Select(line => line.Trim()));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _concord concord")]
    [InlineData("zsh", "compdef _concord concord")]
    [InlineData("fish", "complete -f -c concord")]
    public async Task Completions_are_printed_for_each_shell(string shell, string line)
    {
        var run = await ConcordProgram.RunAsync(Here, "completions", shell);

        Assert.Contains(line, run.Done().Output, StringComparison.Ordinal);
    }

    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);
}
