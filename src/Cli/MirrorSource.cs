using System.Net;
using System.Text.Json;
using Concord.Authority.Api;
using Concord.Authority.Foundation;
using Concord.Authority.Recovery;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Cli;

/// <summary>
/// Where a mirror pulls from: a server by its address, a folder of an authority, or another mirror.
/// </summary>
internal sealed class MirrorSource : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient? _http;
    private readonly string _where;

    /// <summary>A source by what the command line says.</summary>
    /// <exception cref="CommandFault">It is neither an address nor a folder.</exception>
    public MirrorSource(string where)
    {
        _where = where.TrimEnd('/');
        if (
            Uri.TryCreate(_where + "/", UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
        )
        {
            _http = new() { BaseAddress = address, Timeout = s_patience };
        }
        else if (!Directory.Exists(_where))
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"{where} is neither the address of a server nor a folder.",
                "Give one like http://127.0.0.1:8700, or a data folder, or another mirror."
            );
        }
    }

    /// <summary>The public face of the log.</summary>
    public LogSource Log =>
        _http is null
            ? MirrorFolder.Of(Path.Combine(_where, "log"))
            : (path, cancel) => GetAsync("log/" + path, cancel);

    /// <summary>What the source says of itself: whose log it is.</summary>
    /// <exception cref="CommandFault">It says nothing of the kind.</exception>
    public async Task<AuthorityFile> AuthorityAsync(CancellationToken cancel)
    {
        if (_http is null)
        {
            return AuthorityFile.Read(new DataFolder(_where));
        }

        try
        {
            using var json = JsonDocument.Parse(await GetAsync("authority", cancel) ?? []);
            var said = json.RootElement;
            return new()
            {
                Url = _where,
                Origin = said.GetProperty("origin").GetString() ?? string.Empty,
                VerifierKey = said.GetProperty("verifier_key").GetString() ?? string.Empty,
                Name = said.GetProperty("name").GetString() ?? string.Empty,
                Sandbox = said.GetProperty("sandbox").GetBoolean(),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            throw new CommandFault(
                ExitCode.Unavailable,
                $"{_where} does not answer as an authority does.",
                "Check the address: another server may have taken the port."
            );
        }
    }

    /// <summary>A public attachment; null where the source has it no more.</summary>
    public async Task<byte[]?> ReadAsync(PublicAttachment attachment, CancellationToken cancel)
    {
        if (_http is not null)
        {
            return await FetchAsync(attachment, cancel);
        }

        var database = new DataFolder(_where).Database;
        if (!File.Exists(database))
        {
            return new MirrorFolder(_where).Contents.Read(attachment.Digest)?.ToArray();
        }

        using var store = SqliteLogStore.Open(database);
        return store.ReadContent(attachment.Digest)?.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _http?.Dispose();

    // An act that is sealed does not say which of its attachments was revealed.
    private async Task<byte[]?> FetchAsync(PublicAttachment attachment, CancellationToken cancel)
    {
        var (first, last) = attachment.Number is { } number
            ? (number, number)
            : (0, FilingBody.AttachmentsMax - 1);
        for (var i = first; i <= last; i++)
        {
            var bytes = await GetAsync($"acts/{attachment.Act}/attachments/{i}", cancel);
            if (bytes is not null && Digest.Of(bytes) == attachment.Digest)
            {
                return bytes;
            }
        }

        return null;
    }

    private async Task<byte[]?> GetAsync(string path, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.ParseAdd("application/json, */*");
            using var response = await _http!.SendAsync(request, cancel);
            if (
                response.StatusCode
                is HttpStatusCode.NotFound
                    or HttpStatusCode.Gone
                    or HttpStatusCode.Unauthorized
            )
            {
                return null;
            }

            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsByteArrayAsync(cancel)
                : throw Unreachable($"it answers {(int)response.StatusCode} to {path}");
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(e.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Unreachable($"no answer within {s_patience.TotalSeconds:0} seconds");
        }
    }

    private CommandFault Unreachable(string why) =>
        new(
            ExitCode.Unavailable,
            $"{_where} cannot be mirrored now: {why}.",
            "Say the same again: what was brought is not asked for twice."
        );
}
