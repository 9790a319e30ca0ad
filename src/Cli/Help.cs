using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Concord.Cli;

/// <summary>Help as the grammar writes it, under the program's own name, with examples.</summary>
/// <param name="inner">What writes it.</param>
internal sealed class Help(HelpAction inner) : SynchronousCommandLineAction
{
    private const int ColumnsMax = 100;

    /// <summary>Lets every command of a grammar answer with it.</summary>
    public static void In(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction action)
            {
                action.MaxWidth = ColumnsMax;
                option.Action = new Help(action);
            }
        }
    }

    /// <summary>The words with which a command is called: <c>concord key new</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? $"{PathOf(parent)} {command.Name}"
            : CommandLine.Name;

    /// <summary>Whoever asks for help need not have said all that the command asks.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        try
        {
            inner.Invoke(parseResult);
        }
        finally
        {
            configuration.Output = output;
        }

        // The grammar knows the program by the file that was started, which nobody types.
        var lines = text.ToString()
            .Replace(RootCommand.ExecutableName, CommandLine.Name, StringComparison.Ordinal)
            .TrimEnd()
            .Split('\n')
            .Select(line => line.TrimEnd());
        output.WriteLine(string.Join('\n', lines));
        var path = PathOf(parseResult.CommandResult.Command);
        if (Examples.Of(path) is { Count: > 0 } examples)
        {
            output.WriteLine("\nExamples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }
        }

        return (int)ExitCode.Done;
    }
}
