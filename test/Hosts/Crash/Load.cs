using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Stores;
using Xunit;

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

    /// <summary>
    /// A sandbox with what <c>up</c> puts into it, and somebody who may file there.
    /// </summary>
    public static async Task<Load> FoundAsync(string path)
    {
        var server = await SandboxServer.StartAsync(path);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await Sandbox.FurnishAsync(
            server.Authority,
            new Progress<FurnishingStep>(),
            CancellationToken.None
        );
        var load = new Load(server.Origin, party, key);
        await server.StopAsync();
        return load;
    }

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

    /// <summary>
    /// Files one act, first of all what was refused or not answered before: what was said instead
    /// of filing it, and whether it was in the log already.
    /// </summary>
    /// <param name="url">The server.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="attached">The bytes of a file that goes with it; 0: none.</param>
    public async Task<(string? Refused, bool WasThere)> FileOneAsync(
        Uri url,
        CancellationToken cancel,
        int attached = 0
    )
    {
        using var client = new HttpClient { BaseAddress = url };
        var received = _unanswered.TryDequeue(out var again) ? again : Next(attached);
        try
        {
            return (null, await FileAsync(client, received, cancel));
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException)
        {
            _unanswered.Enqueue(received);
            return (e.Message, false);
        }
    }

    /// <summary>
    /// Asserts that the log of a folder holds all that was handed out, contradicts no checkpoint
    /// that was seen, and is whole.
    /// </summary>
    public async Task VerifyAsync(string path, CancellationToken cancel)
    {
        var verifier = AuthorityFile.Read(new(path)).VerifierKey;
        Assert.True(NoteVerifier.TryParse(verifier, out var log, out _));
        VerifyReceipts(path, log);
        VerifyNoFork(path, log);
        foreach (var verb in (string[])["fsck", "replay"])
        {
            var (code, output) = await ServerProcess.RunAsync(
                cancel,
                verb,
                "--data",
                path,
                "--json"
            );
            Assert.True(code == 0, $"concord {verb} ended with {code}: {output}");
        }
    }

    private void VerifyReceipts(string path, NoteVerifier log)
    {
        using var store = SqliteLogStore.Open(new DataFolder(path).Database);
        using var receiptKey = new KeyFolder(new DataFolder(path).Keys).Read(KeyFolder.Receipt);
        foreach (var handed in _handed)
        {
            // The entry is what was first filed of the act: itself, or a statement with its id.
            var entry = store.ReadEntries(handed.Index, handed.Index + 1).Single();
            Assert.True(entry.Span.SequenceEqual(handed.Statement.Span), $"entry {handed.Index}");
            Assert.True(TlogProof.TryParse(handed.Proof, out var proof, out _));
            Assert.True(proof.Verify(entry.Span, log, out var checkpoint, out var fault), fault);
            Assert.Equal(origin, checkpoint.Origin);
            Assert.True(Receipt.TryParse(handed.Receipt.Span, out var receipt, out _));
            Assert.True(receipt.Verify(receiptKey.PublicKey, entry.Span, out var root, out _));
            Assert.Equal(checkpoint.Root, root);
        }

        // One entry for each act, however often it was sent.
        Assert.Equal(
            _handed.Select(one => one.Index).Distinct().Count(),
            _handed.Select(one => Digest.Of(one.Statement.Span)).Distinct().Count()
        );
    }

    private void VerifyNoFork(string path, NoteVerifier log)
    {
        using var store = SqliteLogStore.Open(new DataFolder(path).Database);
        var tree = new MerkleTree();
        var roots = new List<Digest> { MerkleTree.EmptyRoot };
        foreach (var entry in store.ReadEntries(0, store.ReadHead()!.Size))
        {
            tree.Append(MerkleTree.LeafHash(entry.Span));
            roots.Add(tree.Root(tree.Size));
        }

        foreach (var note in _checkpoints.Distinct(StringComparer.Ordinal))
        {
            Assert.True(Checkpoint.TryOpen(note, log, out var checkpoint, out var fault), fault);
            Assert.Equal(roots[(int)checkpoint.Size], checkpoint.Root);
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

    // Whether it was in the log already.
    private async Task<bool> FileAsync(HttpClient client, Received received, CancellationToken stop)
    {
        using var content = Content(received);
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

        return response.StatusCode == HttpStatusCode.OK;
    }

    private static HttpContent Content(Received received)
    {
        if (received.Attachments.Count > 0)
        {
            return SandboxServer.Form(received);
        }

        var content = new ReadOnlyMemoryContent(received.Statement);
        content.Headers.ContentType = new("application/cose");
        return content;
    }

    private Received Next(int attached = 0)
    {
        var number = Interlocked.Increment(ref _number);
        var model = Given.Model(party, $"Model {number}");
        if (attached == 0)
        {
            return Drafting.Compose(model, $"{origin}#{party}", key);
        }

        var (entry, bytes) = Given.File("card.pdf", Visibility.Public, attached);
        model = model with { Attachments = [entry] };
        return Drafting.Compose(model, $"{origin}#{party}", key, null, [bytes]);
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
