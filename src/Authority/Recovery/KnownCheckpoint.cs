using System.Text;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Recovery;

/// <summary>
/// A checkpoint that the log has signed, and where it was found. All that are known bind whoever
/// brings a log back: it may not sign anything that contradicts one of them.
/// </summary>
/// <param name="Where">Where it was found.</param>
/// <param name="Checkpoint">What it says.</param>
/// <param name="Note">The signed note.</param>
public sealed record KnownCheckpoint(string Where, Checkpoint Checkpoint, string Note)
{
    /// <summary>Reads a note of the log.</summary>
    /// <exception cref="RecoveryException">It is not this log's.</exception>
    public static KnownCheckpoint Read(string where, string note, LogKeys log) =>
        Checkpoint.TryOpen(note, log, out var checkpoint, out var fault)
            ? new(where, checkpoint, note)
            : throw new RecoveryException(
                $"The checkpoint of {where} is not one of {log.Origin}: {fault}",
                "Give a checkpoint of this log, as anybody reads it at URL/log/checkpoint."
            );

    /// <summary>Those that a data folder itself still holds; what is damaged is left out.</summary>
    public static IEnumerable<KnownCheckpoint> In(DataFolder folder, LogKeys log)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (string Where, string? Note)[] notes =
        [
            ("the published log", NoteIn(folder.Log)),
            ("the checkpoint that was witnessed", WitnessedFile.Read(folder.Witnessed)),
            ("the receipts that were answered", AnswerCheck.NewestNote(folder.Answers)),
        ];
        foreach (var (where, note) in notes)
        {
            if (Checkpoint.TryOpen(note, log, out var checkpoint, out _))
            {
                yield return new(where, checkpoint, note!);
            }
        }
    }

    /// <summary>The note in a folder of tiles; null where there is none.</summary>
    public static string? NoteIn(string log)
    {
        var file = Path.Combine(log, ITileStore.CheckpointPath);
        return File.Exists(file) ? File.ReadAllText(file, Encoding.UTF8) : null;
    }
}
