using System.Runtime.InteropServices;
using System.Text;
using Concord.Measures.Weights;
using Microsoft.Win32.SafeHandles;

namespace Concord.Cli.Weights;

/// <summary>
/// Opens files without following links, and looks at what was opened rather than at its name, so
/// that nobody can change it in between. The platform offers neither.
/// </summary>
internal static class FileOpening
{
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int EmptyPath = 0x1000;
    private const uint TypeAndLinks = 0x5;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int TooManyLinks = 40;

    // The kernel's number for it is another on ARM.
    private static int NoFollow =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm
            ? 0x8000
            : 0x20000;

    /// <summary>Opens a regular file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="isBeside">Whether a folder or a file names it, and not a person.</param>
    /// <exception cref="WeightsFault">It is none, a link, or cannot be opened.</exception>
    public static SafeFileHandle Open(string path, bool isBeside) =>
        OperatingSystem.IsLinux() ? OpenHere(path, isBeside) : OpenElsewhere(path, isBeside);

    private static SafeFileHandle OpenHere(string path, bool isBeside)
    {
        byte[] name = [.. Encoding.UTF8.GetBytes(path), 0];
        var flags = ReadOnly | NonBlocking | CloseOnExec | (isBeside ? NoFollow : 0);
        var file = open(name, flags);
        if (file < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw Fault(
                path,
                error == TooManyLinks
                    ? "it is a link: only files themselves are read here"
                    : Marshal.GetPInvokeErrorMessage(error)
            );
        }

        var handle = new SafeFileHandle(file, ownsHandle: true);
        var status = new byte[256];
        if (statx(file, [0], EmptyPath, TypeAndLinks, status) != 0)
        {
            handle.Dispose();
            throw Fault(path, Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }

        // The kernel's layout (statx(2)): links at 16, type and mode at 28.
        var (links, mode) = (BitConverter.ToUInt32(status, 16), BitConverter.ToUInt16(status, 28));
        var wrong =
            (mode & TypeMask) != Regular ? "it is no regular file"
            : isBeside && links != 1
                ? $"it has {links} names: a file that stands elsewhere too is not read here"
            : null;
        if (wrong is not null)
        {
            handle.Dispose();
            throw Fault(path, wrong);
        }

        return handle;
    }

    private static SafeFileHandle OpenElsewhere(string path, bool isBeside)
    {
        try
        {
            return isBeside && new FileInfo(path).LinkTarget is not null
                ? throw Fault(path, "it is a link: only files themselves are read here")
                : File.OpenHandle(path);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw Fault(path, closed.Message.TrimEnd('.'));
        }
    }

    private static WeightsFault Fault(string path, string reason) => new(path, "the file", reason);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(
        int file,
        byte[] path,
        int flags,
        uint mask,
        [Out] byte[] status
    );
}
