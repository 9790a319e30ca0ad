using System.Globalization;

namespace Concord.Authority.Foundation;

/// <summary>
/// Tells a data folder from a copy of it. The file <c>place</c> holds the time at which itself was
/// made, as the file system keeps it: a copy of the file is made at another time, and says so. It
/// is for accidents, not for attackers, and it cannot tell a disk from its snapshot.
/// </summary>
public static class PlaceMark
{
    /// <summary>Whether the folder is where it was; one without a mark is taken for it.</summary>
    public static bool IsHere(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return !File.Exists(folder.Place)
            || string.Equals(
                File.ReadAllText(folder.Place).Trim(),
                Made(folder.Place),
                StringComparison.Ordinal
            );
    }

    /// <summary>Marks the folder, in the place of any mark that was copied with it.</summary>
    public static void Write(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        File.Delete(folder.Place);
        using (File.Create(folder.Place)) { }

        var made = File.GetCreationTimeUtc(folder.Place);
        File.WriteAllText(folder.Place, Text(made) + "\n");
        // Where the file system keeps no time of making, the platform gives that of writing.
        File.SetLastWriteTimeUtc(folder.Place, made);
    }

    /// <summary>Marks a folder that has no mark.</summary>
    /// <exception cref="CopiedFolderException">It has one, of another folder.</exception>
    public static void Claim(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!IsHere(folder))
        {
            throw new CopiedFolderException(folder.Path);
        }

        if (!File.Exists(folder.Place))
        {
            Write(folder);
        }
    }

    private static string Made(string file) => Text(File.GetCreationTimeUtc(file));

    private static string Text(DateTime made) => made.ToString("O", CultureInfo.InvariantCulture);
}
