using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms;

namespace Concord.Authority;

/// <summary>
/// Gives the pen to builds that see in the log what the build before saw in it (DESIGN §5): the
/// log is folded, and where another build kept the digests, they must be the same.
/// </summary>
internal static class UpgradeGate
{
    /// <summary>The world of a log, where this build may have the pen.</summary>
    /// <param name="folder">The data folder, with the digests of the build before.</param>
    /// <param name="contents">The log.</param>
    /// <param name="size">How many entries are published.</param>
    /// <param name="index">Told of every act.</param>
    /// <param name="options">Who is told how far it is.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="PenRefusedException">
    /// This build folds the log otherwise, or the log is shorter than the build before saw it.
    /// </exception>
    public static async Task<World> FoldAsync(
        DataFolder folder,
        LogContents contents,
        long size,
        ActIndex index,
        RunningOptions options,
        CancellationToken cancel
    )
    {
        var world = World.Empty;
        var pin = ViewPin.Read(folder);
        if (pin?.Size > size)
        {
            throw new PenRefusedException(
                $"The log has {size} entries, and a run before this one saw {pin.Size}: entries "
                    + "are missing, and going on would contradict whoever has seen them. Nothing "
                    + "was signed. docs/WAYS-BACK.md says how to bring them back; where nobody has "
                    + "them, how the log ends."
            );
        }

        var isJudged = pin is not null && !pin.IsOfThisBuild;
        if (isJudged)
        {
            world = await Replay.FoldAsync(
                contents,
                pin!.Size,
                index.Add,
                options.Progress,
                cancel
            );
            if (pin.FaultOf(world) is { } fault)
            {
                throw new PenRefusedException(
                    $"This build folds the log otherwise than the one before it. {fault} Nothing "
                        + "was written. Start the build before it; or, where the change is meant "
                        + "and was published, keep the new digests: concord replay --keep --data "
                        + folder.Path
                );
            }
        }

        world = await Replay.FoldAsync(contents, world, size, index.Add, options.Progress, cancel);
        if ((isJudged || pin is null) && size > 0)
        {
            ViewPin.Of(world).Write(folder);
        }

        return world;
    }
}
