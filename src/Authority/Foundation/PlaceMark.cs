using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Concord.Ledger;

namespace Concord.Authority.Foundation;

/// <summary>
/// Tells a data folder from a copy of it. The file <c>place</c> holds what the file system alone
/// gives it, its number and the time of its making: a copy of the file has others, and says so. It
/// is for accidents, not for attackers, and it cannot tell a disk from its snapshot.
/// </summary>
public static class PlaceMark
{
    private const int AtWorkingFolder = -100;
    private const uint NumberAndBirth = 0x100 | 0x800;

    /// <summary>
    /// Whether the folder is where it was. The mark is older than anything that was published, so a
    /// folder without one is where it was only while nothing has been.
    /// </summary>
    public static bool IsHere(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return File.Exists(folder.Place)
            ? string.Equals(
                File.ReadAllText(folder.Place).Trim(),
                IdentityOf(folder.Place),
                StringComparison.Ordinal
            )
            : !File.Exists(Path.Combine(folder.Log, ITileStore.CheckpointPath));
    }

    /// <summary>Marks the folder, in the place of any mark that was copied with it.</summary>
    public static void Write(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        File.Delete(folder.Place);
        using var file = File.Create(folder.Place);
        file.Write(Encoding.UTF8.GetBytes(IdentityOf(folder.Place) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Marks a folder of which nothing was published yet.</summary>
    /// <exception cref="CopiedFolderException">
    /// It has the mark of another folder; or none, and something was published.
    /// </exception>
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

    internal static string IdentityOf(string file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.GetCreationTimeUtc(file).ToString("O", CultureInfo.InvariantCulture);
        }

        // The platform reads neither number nor birth here. The layout is the kernel's, the same on
        // every machine (statx(2)): number at 32, seconds of birth at 80, nanoseconds at 88.
        var status = new byte[256];
        byte[] path = [.. Encoding.UTF8.GetBytes(file), 0];
        if (statx(AtWorkingFolder, path, 0, NumberAndBirth, status) != 0)
        {
            throw new IOException(
                $"{file} cannot be looked at (error {Marshal.GetLastPInvokeError()})."
            );
        }

        var number = Read(status.AsSpan(32));
        var born = Read(status.AsSpan(80));
        var fraction = BitConverter.ToUInt32(status, 88);
        return string.Create(CultureInfo.InvariantCulture, $"{number} {born}.{fraction:D9}");
    }

    private static ulong Read(ReadOnlySpan<byte> at) =>
        BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt64LittleEndian(at)
            : BinaryPrimitives.ReadUInt64BigEndian(at);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(
        int folder,
        byte[] path,
        int flags,
        uint mask,
        [Out] byte[] status
    );
}
