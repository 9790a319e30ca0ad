using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Witnesses;

/// <summary>
/// Holds a log that is opened against what witnesses have seen of it: a log that was taken back, or
/// is another, must not be signed on.
/// </summary>
internal static class WitnessedCheck
{
    /// <summary>Compares the log with the witnessed checkpoint that was kept.</summary>
    /// <exception cref="PenRefusedException">
    /// The log is shorter than what was witnessed, or another.
    /// </exception>
    public static void Run(string file, LogKeys log, Sequencer sequencer, ILogger logger)
    {
        if (WitnessedFile.Read(file) is not { } note)
        {
            return;
        }

        // The log's own signature is enough: it signed this tree, whoever cosigned it.
        if (!Checkpoint.TryOpen(note, log, out var witnessed, out var fault))
        {
            logger.WitnessedNotRead(fault);
            return;
        }

        var size = sequencer.Published?.Size ?? 0;
        if (witnessed.Size > size || sequencer.Tree.Root(witnessed.Size) != witnessed.Root)
        {
            throw new PenRefusedException(
                $"Witnesses have seen {witnessed.Size} entries of this log, and the store has "
                    + $"{size} or others: it is an older copy or another log. Put the newest copy "
                    + "back; no witness cosigns this one."
            );
        }
    }
}
