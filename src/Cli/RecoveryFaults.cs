using System.Data.Common;
using Concord.Authority.Foundation;
using Concord.Authority.Recovery;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>Why a way back is closed, in the words of the command line.</summary>
internal static class RecoveryFaults
{
    /// <summary>Does the work, and tells its faults.</summary>
    /// <exception cref="CommandFault">It cannot be done.</exception>
    public static async Task<T> TellAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (RecoveryException e)
        {
            throw new CommandFault(ExitCode.NotSo, e.Message, e.Remedy);
        }
        catch (LogForkException e)
        {
            throw Fork(e, null);
        }
        catch (Exception e) when (e is DataFolderInUseException or PenRefusedException)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                e.Message,
                "Stop the server, then say it again."
            );
        }
        catch (Exception e) when (e is InvalidDataException or DbException)
        {
            throw new CommandFault(
                ExitCode.Damaged,
                e.Message,
                "See which way is left: docs/WAYS-BACK.md"
            );
        }
    }

    /// <summary>The fault of a fork.</summary>
    /// <param name="fork">The fork.</param>
    /// <param name="evidence">The folder with what proves it.</param>
    public static CommandFault Fork(LogForkException fork, string? evidence) =>
        new(
            ExitCode.Forked,
            fork.Message,
            "Nothing was taken over. Tell the other mirrors and the witnesses of this "
                + "log, and show "
                + "them both checkpoints: no explanation makes both true."
        )
        {
            Details =
            [
                ("held", Line(fork.Held)),
                ("shown", Line(fork.Shown)),
                .. evidence is null
                    ? ReadOnlySpan<(string, string)>.Empty
                    : [("evidence", evidence)],
            ],
        };

    private static string Line(string note)
    {
        var lines = note.Split('\n');
        return lines.Length > 2 ? $"size {lines[1]}, root {lines[2]}" : note;
    }
}
