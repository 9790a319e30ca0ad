using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Concord.Cli.Scanning;

/// <summary>
/// Something that lies in a folder of uploads: a file, or a folder with all that is in it.
/// </summary>
/// <param name="Name">Its plain name there.</param>
/// <param name="Listing">
/// SHA-256 over the names, lengths and times of its files: another when anything was written.
/// </param>
internal sealed record Upload(string Name, string Listing)
{
    private static readonly EnumerationOptions s_all = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>What lies in a folder now, sorted; links and hidden names are none.</summary>
    public static IReadOnlyList<Upload> In(string folder) =>
        [
            .. new DirectoryInfo(folder)
                .EnumerateFileSystemInfos()
                .Where(one => one.LinkTarget is null && !one.Name.StartsWith('.'))
                .OrderBy(one => one.Name, StringComparer.Ordinal)
                .Select(one => new Upload(one.Name, ListingOf(one)))
                .Where(one => one.Listing.Length > 0),
        ];

    // What is deleted while it is listed is listed anew at the next look.
    private static string ListingOf(FileSystemInfo upload)
    {
        try
        {
            var files = upload is DirectoryInfo folder
                ? folder
                    .EnumerateFiles("*", s_all)
                    .OrderBy(file => file.FullName, StringComparer.Ordinal)
                : Enumerable.Repeat((FileInfo)upload, 1);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var any = false;
            foreach (var file in files)
            {
                any = true;
                hash.AppendData(
                    Encoding.UTF8.GetBytes(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{file.FullName}\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}\0"
                        )
                    )
                );
            }

            return any ? Convert.ToHexStringLower(hash.GetHashAndReset()) : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
