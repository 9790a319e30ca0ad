namespace Concord.Stores;

/// <summary>How much room is left on the disk that holds a folder.</summary>
public static class FreeSpace
{
    /// <summary>A probe for the folder: bytes that this process may still write.</summary>
    public static Func<long> Of(string folder)
    {
        var drive = new DriveInfo(Path.GetFullPath(folder));
        return () => drive.AvailableFreeSpace;
    }
}
