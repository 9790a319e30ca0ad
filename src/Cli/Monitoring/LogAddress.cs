using System.Net;
using System.Text;
using Concord.Ledger;

namespace Concord.Cli.Monitoring;

/// <summary>Reads a log, and what witnesses saw of it, over HTTP.</summary>
internal sealed class LogAddress(HttpClient http, Uri address)
{
    private const long BodyBytesMax = 32L << 20;

    /// <summary>The address below which the log lies, with a final slash.</summary>
    public Uri Address => address;

    /// <summary>The client by which logs are read.</summary>
    public static HttpClient NewClient() =>
        new() { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = BodyBytesMax };

    /// <summary>The log of an address: of an authority, or of the log's own folder.</summary>
    public static LogAddress Of(HttpClient http, string url) =>
        !Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var root)
        || root.Scheme is not ("http" or "https")
            ? throw new CommandFault(
                ExitCode.Usage,
                $"{url} is not the address of a log.",
                "Give one like http://127.0.0.1:8000."
            )
        : root.AbsolutePath.EndsWith("/log/", StringComparison.Ordinal) ? new(http, root)
        : new(http, new(root, "log/"));

    /// <summary>The newest checkpoint; null where there is none.</summary>
    public async Task<string?> CheckpointAsync(CancellationToken cancel) =>
        await BytesAsync(new(address, ITileStore.CheckpointPath), cancel) is { } bytes
            ? Encoding.UTF8.GetString(bytes)
            : null;

    /// <summary>
    /// A tile or bundle: the partial one, or as much of the full one where that has come.
    /// </summary>
    /// <returns>Its bytes; nothing where it is not served.</returns>
    public async Task<ReadOnlyMemory<byte>> TileAsync(TilePath path, CancellationToken cancel)
    {
        if (await BytesAsync(new(address, path.ToString()), cancel) is { } bytes)
        {
            return bytes;
        }

        var full = path.IsFull
            ? null
            : await BytesAsync(new(address, path.Full.ToString()), cancel);
        return full is null ? default
            : path.Level != TilePath.Entries
                ? full.AsMemory(0, Math.Min(full.Length, path.Width * Digest.Size))
            : FirstOf(full, path.Width);
    }

    /// <summary>What a witness saw last of a log (C2SP tlog-witness).</summary>
    public async Task<string?> WitnessedAsync(
        Uri witness,
        string origin,
        CancellationToken cancel
    ) =>
        await BytesAsync(
            new(witness, $"{Digest.Of(Encoding.UTF8.GetBytes(origin)).ToHex()}/checkpoint"),
            cancel
        )
            is { } bytes
            ? Encoding.UTF8.GetString(bytes)
            : null;

    private async Task<byte[]?> BytesAsync(Uri place, CancellationToken cancel)
    {
        using var response = await http.GetAsync(place, cancel);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(cancel);
    }

    private static ReadOnlyMemory<byte> FirstOf(byte[] bundle, int width) =>
        EntryBundle.TryParse(bundle, TilePath.FullWidth, out var entries, out _)
            ? bundle.AsMemory(0, entries.Take(width).Sum(entry => entry.Length + 2))
            : default;
}
