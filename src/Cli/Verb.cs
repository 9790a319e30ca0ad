using System.CommandLine;

namespace Concord.Cli;

/// <summary>What every verb has in common: how it is run and how its faults are told.</summary>
internal static class Verb
{
    /// <summary>Says what a command does.</summary>
    public static Command Does(this Command command, Func<Session, Task<ExitCode>> work)
    {
        command.SetAction(
            async (words, cancel) => (int)await RunAsync(words, work, cancel).ConfigureAwait(false)
        );
        return command;
    }

    /// <summary>Adds options and arguments, in the order in which help shows them.</summary>
    public static Command With(this Command command, params ReadOnlySpan<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    command.Add(option);
                    break;
                case Argument argument:
                    command.Add(argument);
                    break;
                case Command child:
                    command.Add(child);
                    break;
            }
        }

        return command;
    }

    private static async Task<ExitCode> RunAsync(
        ParseResult words,
        Func<Session, Task<ExitCode>> work,
        CancellationToken cancel
    )
    {
        var terminal = new Terminal(
            words.InvocationConfiguration.Output,
            words.InvocationConfiguration.Error,
            words.GetValue(Shared.Json)
        );
        try
        {
            return await work(new(words, terminal, cancel));
        }
        catch (CommandFault fault)
        {
            return terminal.Fail(fault);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return terminal.Fail(new(ExitCode.Usage, e.Message, "Check the path."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Fail(
                new(ExitCode.NotSo, e.Message, "Check the path, its owner and the free space.")
            );
        }
    }
}
