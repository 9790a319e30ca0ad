using System.CommandLine;
using Concord.Cli.Verbs;

namespace Concord.Cli;

/// <summary>The command line: every verb, and how words become one of them.</summary>
internal static class CommandLine
{
    /// <summary>What people type.</summary>
    public const string Name = "concord";

    private const string Says =
        "A public register of powerful AI models, with law that explains itself and a log that "
        + "anyone can verify.\n\n  Begin with: concord up\n\n"
        + "  Exit codes: 0 done, 1 not so, 2 not understood, 3 several match, 4 none matches,\n"
        + "  5 the law refuses, 6 no authority answers, 7 damaged, 8 a log forked,\n"
        + "  9 a derivative by evidence, 10 not readable as weights (docs/EXIT-CODES.md).";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>The grammar.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand(Says)
        {
            Shared.Data,
            Shared.Authority,
            Shared.Json,
            Shared.Module,
            Shared.PinFile,
            UpVerb.Create(),
            InitVerb.Create(),
            CeremonyVerb.Create(),
            OfficerVerb.Create(),
            KeyVerb.Create(),
            PartyVerb.Create(),
            RegisterVerb.Create(),
            ReleaseVerb.Create(),
            DeriveVerb.Create(),
            FingerprintVerb.Create(),
            DeployVerb.Create(),
            TransferVerb.Create(),
            ReportVerb.Create(),
            StandingVerbs.Certify(),
            StandingVerbs.Suspend(),
            StandingVerbs.RestoreStanding(),
            AppealVerbs.Appeal(),
            AppealVerbs.Decide(),
            CorrectionVerbs.Void(),
            CorrectionVerbs.Erase(),
            CorrectionVerbs.Outage(),
            QuestionVerbs.Ask(),
            QuestionVerbs.Answer(),
            QuestionVerbs.Questions(),
            NoticesVerb.Create(),
            RevealVerb.Create(),
            ConfirmVerb.Create(),
            FileVerb.Create(),
            FileVerb.Propose(),
            BulkVerb.Create(),
            SignVerb.Create(),
            AttachVerb.Create(),
            ClockVerb.Create(),
            RulebookVerb.Create(),
            ScanVerb.Create(),
            CompareVerb.Create(),
            WatchVerb.Create(),
            ExplainVerb.Create(),
            StandingVerb.Create(),
            VerifyVerb.Create(),
            ReplayVerb.Create(),
            FsckVerb.Create(),
            MirrorVerb.Create(),
            BackupVerb.Create(),
            RestoreVerb.Create(),
            RefileVerb.Create(),
            RestoreVerb.Rebuild(),
            ExportVerb.Create(),
            SchemaVerb.Create(),
            LogVerb.Create(),
            MonitorVerb.Create(),
            WitnessVerb.Create(),
            CompletionsVerb.Create(),
        };
        Help.In(root);
        return root;
    }

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] words, TextWriter output, TextWriter error)
    {
        var parsed = Root().Parse(words);
        if (parsed.Errors.Count > 0)
        {
            var fault = new CommandFault(
                ExitCode.Usage,
                string.Join(' ', parsed.Errors.Select(one => one.Message)),
                $"See {Help.PathOf(parsed.CommandResult.Command)} --help"
            );
            var isJson = words.Contains(Shared.Json.Name, StringComparer.Ordinal);
            return (int)new Terminal(output, error, isJson).Fail(fault);
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
}
