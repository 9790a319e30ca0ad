using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Concord.Acts;
using Concord.Measures;

namespace Concord.Cli;

/// <summary>Speaks to a running authority over HTTP.</summary>
internal sealed class AuthorityClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;

    /// <summary>A client of the server at an address.</summary>
    public AuthorityClient(string url)
    {
        if (
            !Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
        )
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"{url} is not the address of a server.",
                "Give one like http://127.0.0.1:8000."
            );
        }

        Url = url.TrimEnd('/');
        _http = new() { BaseAddress = address, Timeout = s_patience };
        _http.DefaultRequestHeaders.Accept.Add(new("application/json"));
        _http.DefaultRequestHeaders.Accept.Add(new("application/problem+json"));
    }

    /// <summary>The address.</summary>
    public string Url { get; }

    /// <summary>Files what was composed.</summary>
    /// <exception cref="CommandFault">It was not taken.</exception>
    public async Task<JsonElement> FileAsync(Received received, CancellationToken cancel)
    {
        using var body = new MultipartFormDataContent();
        Add(body, "statement", received.Statement, "application/cose");
        if (received.Document is { } act)
        {
            Add(body, "act", act, "application/octet-stream");
        }

        if (received.SealedPart is { } part)
        {
            Add(body, "sealed_part", part, "application/json");
        }

        foreach (var attachment in received.Attachments)
        {
            Add(body, "attachment", attachment, "application/octet-stream");
        }

        return await AskAsync(() => _http.PostAsync("acts", body, cancel), cancel);
    }

    /// <summary>Files many, or asks what each would be told.</summary>
    /// <returns>The answers that came, a line each.</returns>
    /// <exception cref="CommandFault">They were not taken.</exception>
    public async Task<List<JsonElement>> BulkAsync(
        IEnumerable<Received> rows,
        bool isDry,
        CancellationToken cancel
    )
    {
        using var body = new MemoryStream();
        foreach (var row in rows)
        {
            Write(body, row);
        }

        var lines = body.ToArray();
        var waited = TimeSpan.Zero;
        while (true)
        {
            var (text, again) = await BulkOnceAsync(lines, isDry, cancel);
            if (text is not null)
            {
                return Lines(text);
            }

            // One file of an address at a time: that of a run that was killed may still be in hand.
            if ((waited += again) > s_patience)
            {
                throw new CommandFault(
                    ExitCode.Unavailable,
                    $"{Url} has been filing another file of this address for a minute.",
                    "Say the same again when that is done: what was filed is not filed twice."
                );
            }

            await Task.Delay(again, TimeProvider.System, cancel);
        }
    }

    private async Task<(string? Text, TimeSpan Again)> BulkOnceAsync(
        byte[] lines,
        bool isDry,
        CancellationToken cancel
    )
    {
        using var content = new ByteArrayContent(lines);
        content.Headers.ContentType = new("application/jsonl");
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            isDry ? "acts/bulk?dry=true" : "acts/bulk"
        )
        {
            Content = content,
        };
        request.Headers.Accept.Add(new("application/jsonl"));
        using var answer = await AnswerAsync(() => _http.SendAsync(request, cancel), cancel);
        if (
            answer.StatusCode == HttpStatusCode.TooManyRequests
            && answer.Headers.RetryAfter?.Delta is { } after
        )
        {
            return (null, after > TimeSpan.Zero ? after : TimeSpan.FromSeconds(1));
        }

        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            using var problem = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
            throw ProblemReading.FaultOf(answer.StatusCode, problem.RootElement);
        }

        return (text, TimeSpan.Zero);
    }

    private static List<JsonElement> Lines(string text)
    {
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line =>
                {
                    using var json = JsonDocument.Parse(line);
                    return json.RootElement.Clone();
                }),
        ];
    }

    private static void Write(MemoryStream body, Received row)
    {
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteBase64String("statement", row.Statement.Span);
            if (row.Document is { } act)
            {
                json.WriteBase64String("act", act.Span);
            }

            if (row.SealedPart is { } part)
            {
                json.WriteBase64String("sealed_part", part.Span);
            }

            json.WriteEndObject();
        }

        body.WriteByte((byte)'\n');
    }

    /// <summary>Reads a document.</summary>
    /// <param name="path">The path, without its first slash.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="CommandFault">There is none, or the server does not answer.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) =>
        AskAsync(() => _http.GetAsync(path, cancel), cancel);

    /// <summary>Reads what is not public, by a signed request.</summary>
    /// <param name="path">Path and query, without the first slash.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="at">When, by this machine.</param>
    /// <param name="why">Why.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="CommandFault">It is not for who reads, or not there.</exception>
    public async Task<JsonElement> ReadAsync(
        string path,
        Signatory reader,
        Instant at,
        string? why,
        CancellationToken cancel
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var signed = new ReadRequest($"/{path}", at, why).Sign(reader.Issuer, reader.Key);
        request.Headers.TryAddWithoutValidation("Authorization", signed);
        return await AskAsync(() => _http.SendAsync(request, cancel), cancel);
    }

    /// <summary>Has something done that is no act, by a signed request.</summary>
    /// <param name="path">The path, without the first slash.</param>
    /// <param name="sender">Who asks for it.</param>
    /// <param name="at">When, by this machine.</param>
    /// <param name="said">What is said.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="CommandFault">It was not done.</exception>
    public async Task<JsonElement> PostAsync(
        string path,
        Signatory sender,
        Instant at,
        IReadOnlyDictionary<string, string> said,
        CancellationToken cancel
    )
    {
        var signed = new PostRequest($"/{path}", at, said).Sign(sender.Issuer, sender.Key);
        using var content = new ReadOnlyMemoryContent(signed);
        content.Headers.ContentType = new("application/cose");
        return await AskAsync(() => _http.PostAsync(path, content, cancel), cancel);
    }

    /// <summary>Asks what something is, by digests and a fingerprint.</summary>
    /// <param name="write">Writes the question.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="CommandFault">It is not answered.</exception>
    public async Task<JsonElement> IdentifyAsync(
        Action<Utf8JsonWriter> write,
        CancellationToken cancel
    )
    {
        var question = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(question))
        {
            write(json);
        }

        // Comparing costs the server something: who asks often is told when to ask again.
        var waited = TimeSpan.Zero;
        while (true)
        {
            using var content = new ReadOnlyMemoryContent(question.WrittenMemory);
            content.Headers.ContentType = new("application/json");
            using var response = await AnswerAsync(
                () => _http.PostAsync("identify", content, cancel),
                cancel
            );
            if (response.StatusCode != HttpStatusCode.TooManyRequests || waited > s_patience)
            {
                return await ReadAsync(response, cancel);
            }

            var again = response.Headers.RetryAfter?.Delta is { Ticks: > 0 } after
                ? after
                : TimeSpan.FromSeconds(1);
            waited += again;
            await Task.Delay(again, TimeProvider.System, cancel);
        }
    }

    /// <summary>Reads bytes; null where there are none.</summary>
    public async Task<byte[]?> BytesAsync(string path, string type, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Clear();
        request.Headers.Accept.Add(new(type));
        using var response = await AnswerAsync(() => _http.SendAsync(request, cancel), cancel);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync(cancel)
            : null;
    }

    /// <summary>Whether a server answers there within 15 seconds.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        try
        {
            using var response = await _http.GetAsync("healthz", patience.Token);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static void Add(
        MultipartFormDataContent body,
        string name,
        ReadOnlyMemory<byte> bytes,
        string type
    )
    {
        var part = new ReadOnlyMemoryContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue(type);
        body.Add(part, name);
    }

    private async Task<JsonElement> AskAsync(
        Func<Task<HttpResponseMessage>> ask,
        CancellationToken cancel
    )
    {
        using var response = await AnswerAsync(ask, cancel);
        return await ReadAsync(response, cancel);
    }

    private async Task<JsonElement> ReadAsync(
        HttpResponseMessage response,
        CancellationToken cancel
    )
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancel);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return response.IsSuccessStatusCode
                ? document.RootElement.Clone()
                : throw ProblemReading.FaultOf(response.StatusCode, document.RootElement);
        }
        catch (JsonException)
        {
            throw new CommandFault(
                ExitCode.Unavailable,
                $"{Url} answers {(int)response.StatusCode}, and not as an authority does.",
                "Check the address: another server may have taken the port."
            );
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(
        Func<Task<HttpResponseMessage>> ask,
        CancellationToken cancel
    )
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException e)
        {
            throw new CommandFault(
                ExitCode.Unavailable,
                $"No authority answers at {Url}: {e.Message}",
                "Start it with `concord up --data DIR`, or name another with --authority URL."
            );
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CommandFault(
                ExitCode.Unavailable,
                $"{Url} did not answer within {s_patience.TotalSeconds:0} seconds.",
                "If this was a filing, file the same again: what is logged already gets its first "
                    + "receipt."
            );
        }
    }
}
