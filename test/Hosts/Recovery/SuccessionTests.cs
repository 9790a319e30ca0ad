using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Authority.Witnesses;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Hosts.Python;
using Concord.Hosts.Witnesses;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>
/// The folder of an authority is gone for good, with the only key of its log: a new log succeeds
/// it, and parties file anew from what they kept.
/// </summary>
public sealed partial class SuccessionTests : IAsyncLifetime
{
    private readonly string _work = Directory.CreateTempSubdirectory("concord-successor-").FullName;
    private RealHouse _house = null!;
    private ServedWitness[] _witnesses = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Mirror => Path.Combine(_work, "mirror");

    private string Second => Path.Combine(_work, "second");

    public async ValueTask InitializeAsync() =>
        _house = await RealHouse.FoundAsync(TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        foreach (var witness in _witnesses)
        {
            await witness.DisposeAsync();
        }

        await _house.DisposeAsync();
        Directory.Delete(_work, recursive: true);
    }

    [Fact]
    public async Task A_new_log_goes_on_from_the_last_witnessed_checkpoint_and_parties_file_anew()
    {
        await LiveAndEndAsync();
        (await InitAsync()).Done();
        await using var server = await SandboxServer.StartAsync(Second);
        await AdmitAsync(server);
        var before = server.Acts;

        var run = await RefileAsync(server);

        var acts = run.Json.GetProperty("acts").EnumerateArray().ToList();
        Assert.True(acts.Count == 3, run.Output + run.Error);
        var filed = acts.Where(one => one.GetProperty("new").ValueKind == JsonValueKind.String);
        Assert.Equal(2, filed.Count());
        var late = Assert.Single(
            acts,
            one => one.GetProperty("new").ValueKind == JsonValueKind.Null
        );
        Assert.Contains("the log ended at", late.GetProperty("why").GetString()!, Ordinal);
        Assert.Equal(1, run.Code);
        Assert.Equal(before + 2, server.Acts);
        var world = server.Authority.Intake.Current.World;
        Assert.Equal(1, world.Registry.Models.Count);
        Assert.Equal(1, world.Registry.Releases.Count);

        // What was filed before shows as such: the old statement and its receipt hang on the act.
        var id = acts[0].GetProperty("new").GetString();
        var whole = await server.Client.GetByteArrayAsync($"/acts/{id}/attachments/0", Cancel);
        Assert.True(TransparentStatement.TryParse(whole.AsMemory(16), out var old, out _));
        Assert.StartsWith("register.example.org/log#", old.Statement.Issuer, Ordinal);
        Assert.Single(old.Receipts);

        // Nothing is filed twice.
        var again = await RefileAsync(server);
        Assert.Equal(before + 2, server.Acts);
        Assert.Equal(run.Output, again.Output);
    }

    [Fact]
    public async Task The_roots_of_the_old_log_sign_the_new_genesis_and_it_names_where_the_old_ended()
    {
        await LiveAndEndAsync();
        (await InitAsync()).Done();
        await using var server = await SandboxServer.StartAsync(Second);
        var genesis = server.Authority.Intake.Current.World.Network.Genesis!;
        using var root = _house.Roots.Read("root-1");

        Assert.Equal(root.PublicKey, genesis.Roots.Keys[0].Key);
        Assert.Equal("register.example.org/log", genesis.Predecessor?.Origin);
        Assert.Equal(LastSize, genesis.Predecessor?.Size);
        var said = (await server.ReadAsync("/authority")).GetProperty("predecessor");
        Assert.Equal(LastSize, said.GetProperty("size").GetInt64());
        var page = await server.Client.GetStringAsync("/authority?format=html", Cancel);
        Assert.NotEmpty(page);
    }

    [Fact]
    public async Task Receipts_of_before_verify_and_those_of_a_larger_tree_are_a_thiefs()
    {
        await LiveAndEndAsync();
        (await InitAsync()).Done();
        var receipts = Path.Combine(_work, "receipts");
        var successor = new DataFolder(Second);
        string[] trust =
        [
            "--vkey",
            AuthorityFile.Read(successor).VerifierKey,
            "--chain",
            successor.Log,
        ];

        foreach (var proof in Directory.GetFiles(receipts, "*.tlog-proof"))
        {
            Assert.True(
                TlogProof.TryParse(await File.ReadAllTextAsync(proof, Cancel), out var read, out _)
            );
            Assert.True(
                Checkpoint.TryParse(read.CheckpointNote.Split("\n\n")[0] + "\n", out var at, out _)
            );
            var run = await ConcordProgram.RunAsync(_work, "verify", proof, "--data", Second);
            var second = await ChainTests.SayAsync("proof", proof[..^".tlog-proof".Length], trust);
            Assert.Equal(at.Size <= LastSize ? "holds" : "ended", second);
            Assert.Equal(at.Size <= LastSize ? 0 : 1, run.Code);
            Assert.Equal(at.Size > LastSize, run.Output.Contains("ended at size", Ordinal));
        }
    }

    [Fact]
    public async Task Nobody_founds_a_successor_on_a_checkpoint_that_the_witnesses_did_not_see()
    {
        await LiveAndEndAsync();
        // A thief with the log's key signs a longer tree.
        var forged = new Checkpoint("register.example.org/log", 9_000, Digest.Of([1]));
        using var stolen = NoteSigner.FromPem(
            "register.example.org/log",
            await File.ReadAllTextAsync(Path.Combine(_work, "stolen.pem"), Cancel)
        );
        await File.WriteAllTextAsync(Last, forged.Sign(stolen).ToString(), Cancel);

        var run = await InitAsync();

        Assert.Equal(1, run.Code);
        Assert.Contains("not witnessed", run.Error, Ordinal);
        Assert.False(Directory.Exists(Second));
    }

    [Fact]
    public async Task Nobody_files_in_their_own_name_what_another_has_signed()
    {
        await LiveAndEndAsync();
        (await InitAsync()).Done();
        await using var server = await SandboxServer.StartAsync(Second);
        await AdmitAsync(server);
        (await RunAsync(server, "key", "new", "gull")).Done();
        await AdmitAsync(server, "Gull Works", "gull.pem");
        var before = server.Acts;

        var run = await RefileAsync(server, "gull.pem");

        Assert.Equal(before, server.Acts);
        Assert.Contains("another key has signed it", run.Output, Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private string Last => Path.Combine(_work, "last.checkpoint");

    private long LastSize { get; set; }

    /// <summary>A log with two acts of a party that are witnessed and one that is not; then only a
    /// mirror, the party's receipts and the witnesses' checkpoint are left of it.</summary>
    private async Task LiveAndEndAsync(Func<SandboxServer, Task>? more = null)
    {
        var server = await SandboxServer.StartAsync(_house.Data);
        var key = Rotated.LogKey(server);
        _witnesses =
        [
            await ServedWitness.StartAsync("a.example", key),
            await ServedWitness.StartAsync("b.example", key),
        ];
        var policy =
            $"log {key}\n"
            + $"witness a {_witnesses[0].Verifier} {_witnesses[0].Url}\n"
            + $"witness b {_witnesses[1].Verifier} {_witnesses[1].Url}\n"
            + "group g all a b\nquorum g\n";
        Assert.True(TlogPolicy.TryParse(Encoding.UTF8.GetBytes(policy), out var read, out _));
        server.Authority.Witnesses.Take(read);
        (await RunAsync(server, "key", "new", "tern")).Done();
        await AdmitAsync(server);
        var model = await RegisterAsync(server, "Tern 1");
        await File.WriteAllTextAsync(Path.Combine(_work, "tern.safetensors"), "weights", Cancel);
        (
            await RunAsync(
                server,
                "release",
                model,
                "tern.safetensors",
                "--licence",
                "Apache-2.0",
                "--key",
                "tern.pem"
            )
        ).Done();
        await (more?.Invoke(server) ?? Task.CompletedTask);
        await server.Authority.Witnesses.RoundAsync(Cancel);
        LastSize = server.Authority.Witnesses.Newest!.Size;
        File.Copy(server.Authority.Folder.Witnessed, Last);
        await RegisterAsync(server, "Tern 2");
        (await ConcordProgram.RunAsync(_work, "mirror", _house.Data, "--data", Mirror)).Done();
        WitnessPolicy.Write(new DataFolder(Mirror), policy);
        File.Copy(server.Authority.Keys.File(KeyFolder.Log), Path.Combine(_work, "stolen.pem"));
        await server.StopAsync();
        Directory.Delete(_house.Data, recursive: true);
    }

    private async Task<string> RegisterAsync(SandboxServer server, string name)
    {
        string[] words = ["register", name, "--modality", "text", "--key", "tern.pem", "--json"];
        var run = await RunAsync(server, words);
        return run.Done().Json.GetProperty("subject").GetString()!;
    }

    private async Task AdmitAsync(
        SandboxServer server,
        string name = "Tern Labs",
        string key = "tern.pem"
    )
    {
        string[] words = ["--country", "CH", "--role", "developer", "--key", key];
        (await RunAsync(server, ["party", "new", name, .. words])).Done();
        var request = Assert.Single(Directory.GetFiles(_work, "party-*.request.json"));
        var registrar = server.Authority.Keys.File(KeyFolder.Registrar);
        string[] admit = ["party", "admit", request, "--key", registrar];
        (await RunAsync(server, [.. admit, "--receipts", "registrar"])).Done();
        File.Delete(request);
    }

    private Task<ConcordProgram.Run> InitAsync() =>
        ConcordProgram.RunAsync(
            _work,
            "init",
            "--data",
            "second",
            "--succeed",
            "mirror",
            "--last",
            "last.checkpoint",
            "--origin",
            "second.example.org/log",
            "--name",
            "Model Register Office",
            "--country",
            "CH",
            "--root-keys",
            _house.Roots.Path,
            "--officer-keys",
            _house.Officers.Path,
            "--institution",
            "regulator=Model Register Office",
            "--institution",
            "institute=AI Safety Institute",
            "--institution",
            "board=Oversight Board"
        );

    private Task<ConcordProgram.Run> RefileAsync(
        SandboxServer server,
        string key = "tern.pem",
        string folder = "receipts",
        params string[] more
    )
    {
        string[] words = ["refile", folder, "--old", "mirror", "--key", key, "--json", .. more];
        return RunAsync(server, [.. words, "--receipts", "receipts-2"]);
    }

    private Task<ConcordProgram.Run> RunAsync(SandboxServer server, params string[] words) =>
        ConcordProgram.RunAsync(
            _work,
            [.. words, "--data", server.Path, "--authority", $"{server.Client.BaseAddress}"]
        );
}
