namespace Concord.Authority.Foundation;

/// <summary>
/// The data folder is a copy of another: to write from both would give the log two histories.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class CopiedFolderException(string path)
    : Exception(
        $"{path} is a copy of a data folder, was moved to another disk, or lost its file `place`. "
            + "Nothing was written: a "
            + "log has one writer, and the folder that this one was copied from may have gone on "
            + "since."
    );
