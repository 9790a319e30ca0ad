using System.Security.Cryptography;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>Hashes files of weights as they lie, in one pass and little memory.</summary>
internal static class WeightsHash
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>The SHA-256 of a file, told of while it goes on.</summary>
    public static Task<Digest> OfAsync(
        FileInfo file,
        IProgress<(long Done, long Of)> progress,
        CancellationToken cancel
    )
    {
        var done = 0L;
        return OfAsync(file, read => progress.Report((done += read, file.Length)), cancel);
    }

    /// <summary>The SHA-256 of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">Told of every chunk: how many bytes it had.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Digest> OfAsync(
        FileInfo file,
        Action<int> read,
        CancellationToken cancel
    )
    {
        await using var stream = new FileStream(
            file.FullName,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            bufferSize: 0,
            FileOptions.SequentialScan | FileOptions.Asynchronous
        );
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkBytes];
        int count;
        while ((count = await stream.ReadAsync(chunk, cancel)) > 0)
        {
            hash.AppendData(chunk, 0, count);
            read(count);
        }

        return new(hash.GetHashAndReset());
    }
}
