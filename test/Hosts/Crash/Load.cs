using System.Collections.Concurrent;
using System.Text.Json;
using Concord.Acts;
using Concord.Hosts.Api;
using Concord.Ledger;

namespace Concord.Hosts.Crash;

/// <summary>Several clients that file, and keep what they were given.</summary>
internal sealed class Load(string origin, PartyId party, StatementSigner key)
{
    private readonly ConcurrentBag<Handed> _handed = [];
    private readonly ConcurrentBag<string> _checkpoints = [];
    private readonly ConcurrentQueue<Received> _unanswered = [];
    private int _number;

    /// <summary>What was handed out, with what it is for.</summary>
    public IReadOnlyCollection<Handed> Handed => _handed;

    /// <summary>Every checkpoint that was seen.</summary>
    public IReadOnlyCollection<string> Checkpoints => _checkpoints;

    /// <summary>What was sent and not answered.</summary>
    public int Unanswered => _unanswered.Count;

    /// <summary>Files by several clients until the server is gone or it is told to stop.</summary>
    public Task RunAsync(Uri url, int clients, CancellationToken stop) =>
        Task.WhenAll(
            Enumerable.Range(0, clients).Select(_ => Task.Run(() => FileAsync(url, stop)))
        );

    /// <summary>
    /// Waits for the first answer from now on, so that a slow machine is under load too.
    /// </summary>
    public async Task UntilAnsweredAsync(Task running)
    {
        var before = _handed.Count;
        while (_handed.Count == before && !running.IsCompleted)
        {
            await Task.Delay(5);
        }
    }

    private async Task FileAsync(Uri url, CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = url };
        while (!stop.IsCancellationRequested)
        {
            // What was not answered is filed again: the same bytes, as the problem pages advise.
            var received = _unanswered.TryDequeue(out var again) ? again : Next();
            try
            {
                await FileAsync(client, received, stop);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                _unanswered.Enqueue(received);
                return;
            }
        }
    }

    private async Task FileAsync(HttpClient client, Received received, CancellationToken stop)
    {
        using var content = new ReadOnlyMemoryContent(received.Statement);
        content.Headers.ContentType = new("application/cose");
        using var response = await client.PostAsync("/acts", content, stop);
        var text = await response.Content.ReadAsStringAsync(stop);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(text);
        }

        using var json = JsonDocument.Parse(text);
        _handed.Add(
            new(
                received.Statement,
                json.RootElement.GetProperty("index").GetInt64(),
                json.RootElement.GetProperty("proof").GetString()!,
                json.RootElement.GetProperty("receipt").GetBytesFromBase64()
            )
        );
        if (_handed.Count % 16 == 0)
        {
            _checkpoints.Add(await client.GetStringAsync("/log/checkpoint", stop));
        }
    }

    private Received Next()
    {
        var number = Interlocked.Increment(ref _number);
        return Drafting.Compose(Given.Model(party, $"Model {number}"), $"{origin}#{party}", key);
    }
}

/// <summary>A receipt and what it is for.</summary>
/// <param name="Statement">The statement as filed.</param>
/// <param name="Index">Where it is said to be.</param>
/// <param name="Proof">The tlog-proof.</param>
/// <param name="Receipt">The COSE receipt.</param>
internal sealed record Handed(
    ReadOnlyMemory<byte> Statement,
    long Index,
    string Proof,
    ReadOnlyMemory<byte> Receipt
);
