using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Api;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>
/// A sandbox into which somebody files, and all that its clients ever saw of it: what was answered
/// must hold whatever happens to the disk.
/// </summary>
internal sealed class Filed : IAsyncDisposable
{
    private readonly List<string> _checkpoints = [];
    private readonly List<(Digest Statement, string Proof)> _proofs = [];
    private SandboxServer _server;
    private PartyId _party;
    private StatementSigner _key = null!;
    private int _models;
    private bool _isUp = true;

    private Filed(SandboxServer server, string root) => (_server, Root) = (server, root);

    /// <summary>A folder for everything of the test.</summary>
    public string Root { get; }

    /// <summary>The data folder.</summary>
    public DataFolder Folder { get; private set; } = null!;

    /// <summary>The running server.</summary>
    public SandboxServer Server => _server;

    /// <summary>The last checkpoint that a client saw.</summary>
    public string LastCheckpoint => _checkpoints[^1];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Filed> StartAsync(RunningOptions? running = null, string? data = null)
    {
        var root = SandboxServer.NewFolder();
        var path = data ?? Path.Combine(root, "data");
        var filed = new Filed(await SandboxServer.StartAsync(path, running), root)
        {
            Folder = new(path),
        };
        (filed._party, filed._key) = await filed._server.AdmitAsync(
            "Tern Labs",
            PartyRole.Developer
        );
        return filed;
    }

    /// <summary>A path in the test's folder.</summary>
    public string At(string name) => Path.Combine(Root, name);

    /// <summary>Files models; receipts, proofs and checkpoints are kept as a client keeps
    /// them.</summary>
    public async Task FileAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await FileAsync(Sign());
        }
    }

    /// <summary>Signs a model that nobody has filed yet.</summary>
    public Received Sign() => _server.Sign(_party, _key, Given.Model(_party, $"Tern {_models++}"));

    /// <summary>Files a model with a public attachment and one for the parties.</summary>
    /// <returns>The bytes of the two.</returns>
    public async Task<(ReadOnlyMemory<byte> Open, ReadOnlyMemory<byte> Closed)> AttachAsync(
        int length = 100
    )
    {
        var open = Given.File("card.pdf", Visibility.Public, length);
        var closed = Given.File("plan.pdf", Visibility.Parties, length);
        await FileAsync(
            Drafting.Compose(
                Given.Model(_party, $"Tern {_models++}") with
                {
                    Attachments = [open.Entry, closed.Entry],
                },
                $"{_server.Origin}#{_party}",
                _key,
                null,
                [open.Bytes, closed.Bytes]
            )
        );
        return (open.Bytes, closed.Bytes);
    }

    private async Task FileAsync(Received received)
    {
        var answer = await _server.FileAsync(received);
        var id = answer.GetProperty("id").GetString();
        var proof = await _server.Client.GetStringAsync($"/acts/{id}/proof.tlog-proof", Cancel);
        _proofs.Add((Digest.Of(received.Statement.Span), proof));
        _checkpoints.Add(await _server.Client.GetStringAsync("/log/checkpoint", Cancel));
    }

    /// <summary>Stops the server.</summary>
    public Task StopAsync()
    {
        _isUp = false;
        return _server.StopAsync();
    }

    /// <summary>Serves a folder, in the place of the one before.</summary>
    public async Task UpAsync(string path, RunningOptions? running = null)
    {
        Folder = new(path);
        _server = await SandboxServer.StartAsync(path, running);
        _isUp = true;
    }

    /// <summary>The digests of all views, folded from nothing.</summary>
    public async Task<IReadOnlyList<string>> ReplayAsync(long size)
    {
        using var store = SqliteLogStore.Open(Folder.Database);
        var world = await Replay.FoldAsync(new(store), size, null, null, Cancel);
        return [.. StateApi.DigestsOf(world).Select(one => one.ToString())];
    }

    /// <summary>
    /// Asserts that the log of the folder holds everything that any client ever saw, and no byte of
    /// it is otherwise than the log signed.
    /// </summary>
    public async Task VerifyAsync()
    {
        var file = AuthorityFile.Read(Folder);
        Assert.True(NoteVerifier.TryParse(file.VerifierKey, out var log, out _));
        using var store = SqliteLogStore.Open(Folder.Database);
        var reader = LogReader.Open(store, log, out var head);
        foreach (var note in _checkpoints)
        {
            Assert.True(Checkpoint.TryOpen(note, log, out var seen, out var fault), fault);
            Assert.True(seen.Size <= head!.Checkpoint.Size, $"{seen.Size} was published");
            Assert.Equal(seen.Root, reader.Tree.Root(seen.Size));
        }

        foreach (var (statement, text) in _proofs)
        {
            Assert.True(TlogProof.TryParse(text, out var proof, out _));
            var entry = reader.Entry(proof.Index);
            Assert.Equal(statement, Digest.Of(entry.Span));
            Assert.True(proof.Verify(entry.Span, log, out _, out var fault), fault);
        }

        (await RunAsync("fsck", "--data", Folder.Path)).Done();
    }

    /// <summary>Runs the command line in the test's folder.</summary>
    public Task<Cli.ConcordProgram.Run> RunAsync(params string[] words) =>
        Cli.ConcordProgram.RunAsync(Root, words);

    /// <summary>Writes a file with the last checkpoint that a client saw.</summary>
    public async Task<string> KeepCheckpointAsync()
    {
        var file = At("seen.checkpoint");
        await File.WriteAllTextAsync(file, LastCheckpoint, new UTF8Encoding(false), Cancel);
        return file;
    }

    /// <summary>Copies a folder as <c>cp -a</c> does.</summary>
    public static void Copy(string from, string to)
    {
        using var copying = System.Diagnostics.Process.Start("cp", ["-a", from, to]);
        copying.WaitForExit();
        Assert.Equal(0, copying.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        if (_isUp)
        {
            await StopAsync();
        }

        Directory.Delete(Root, recursive: true);
    }
}
