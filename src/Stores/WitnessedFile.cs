namespace Concord.Stores;

/// <summary>
/// The newest checkpoint of a log that reached its quorum of witnesses, as a file of its own that
/// is replaced whole and is on the disk when the call returns.
/// </summary>
public static class WitnessedFile
{
    /// <summary>Reads the note; null where none was kept.</summary>
    public static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>Keeps a note in the place of the one before.</summary>
    public static void Write(string path, string note)
    {
        var unfinished = path + ".unfinished";
        using (var file = File.Create(unfinished))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(note));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
