using System.CommandLine;
using Concord.Cli.Verbs;

namespace Concord.Cli;

/// <summary>The command line: every verb, and how words become one of them.</summary>
internal static class CommandLine
{
    private const string Says =
        "A public register of powerful AI models, with law that explains itself and a log that "
        + "anyone can verify.\n\n  Begin with: concord up\n\n"
        + "  Exit codes: 0 done, 1 not so, 2 not understood, 3 several match, 4 none matches,\n"
        + "  5 the law refuses, 6 no authority answers, 7 damaged (docs/EXIT-CODES.md).";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>The grammar.</summary>
    public static RootCommand Root() =>
        new(Says)
        {
            Shared.Data,
            Shared.Authority,
            Shared.Json,
            UpVerb.Create(),
            InitVerb.Create(),
            KeyVerb.Create(),
            PartyVerb.Create(),
            RegisterVerb.Create(),
            ReleaseVerb.Create(),
            DeriveVerb.Create(),
            DeployVerb.Create(),
            TransferVerb.Create(),
            ReportVerb.Create(),
            StandingVerbs.Certify(),
            StandingVerbs.Suspend(),
            StandingVerbs.RestoreStanding(),
            FileVerb.Create(),
            FileVerb.Propose(),
            SignVerb.Create(),
            AttachVerb.Create(),
            ClockVerb.Create(),
            ExplainVerb.Create(),
            VerifyVerb.Create(),
            ReplayVerb.Create(),
            FsckVerb.Create(),
            ExportVerb.Create(),
            SchemaVerb.Create(),
            LogVerb.Create(),
            CompletionsVerb.Create(),
        };

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] words, TextWriter output, TextWriter error)
    {
        var parsed = Root().Parse(words);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync($"✗ {fault.Message}");
            }

            var name = string.Join(' ', Path(parsed.CommandResult.Command));
            await error.WriteLineAsync($"  See: {name} --help");
            return (int)ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new()
                {
                    Output = output,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = s_patience,
                }
            );
        }
#pragma warning disable CA1031 // The edge: a fault of ours is told as one, whatever it is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await error.WriteLineAsync($"✗ A fault of the program itself: {e}");
            return (int)ExitCode.Fault;
        }
    }

    private static IEnumerable<string> Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? Path(parent).Append(command.Name)
            : ["concord"];
}
