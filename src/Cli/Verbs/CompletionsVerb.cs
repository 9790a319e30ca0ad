using System.CommandLine;

namespace Concord.Cli.Verbs;

/// <summary><c>concord completions</c>: completes words in a shell.</summary>
internal static class CompletionsVerb
{
    private const string Bash = """
        _concord() {
          local IFS=$'\n'
          COMPREPLY=( $("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null) )
        }
        complete -o default -F _concord concord ./concord
        """;

    private const string Zsh = """
        _concord() {
          local words; words=("${(@f)$(concord "[suggest:${CURSOR}]" "$BUFFER" 2>/dev/null)}")
          compadd -- $words || _files
        }
        compdef _concord concord
        """;

    private const string Fish = """
        complete -f -c concord -a '(concord "[suggest:"(commandline -C)"]" (commandline))'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL")
        {
            HelpName = "SHELL",
            Description = "bash, zsh or fish",
        };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        return new Command("completions", "Print what completes concord's words in a shell")
            .With(shell)
            .Does(session =>
            {
                session.Terminal.Print(
                    session.Words.GetRequiredValue(shell) switch
                    {
                        "zsh" => Zsh,
                        "fish" => Fish,
                        _ => Bash,
                    }
                );
                return Task.FromResult(ExitCode.Done);
            });
    }
}
