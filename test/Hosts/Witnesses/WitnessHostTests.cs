using System.Net;
using System.Text;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Witnesses;

/// <summary>Real witnesses and a real log over real sockets.</summary>
public sealed class WitnessHostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_witness_answers_as_the_specification_says()
    {
        using var log = NoteSigner.Generate("log.example/log");
        await using var witness = await ServedWitness.StartAsync("w.example", log.Verifier);
        var tree = new MerkleTree();
        tree.Append(MerkleTree.LeafHash("one"u8));
        var note = new Checkpoint(log.Name, 1, tree.Root(1)).Sign(log);

        var first = await ServedWitness.PostAsync(witness.Url, $"old 0\n\n{note}");
        var second = await ServedWitness.PostAsync(witness.Url, $"old 0\n\n{note}");
        var third = await ServedWitness.PostAsync(witness.Url, "old 0\n");
        using var client = new HttpClient { BaseAddress = witness.Url };
        var kept = await client.GetStringAsync(
            $"{WitnessStore.HashOf(log.Name)}/checkpoint",
            Cancel
        );
        using var none = await client.GetAsync(
            $"{WitnessStore.HashOf("other.example")}/checkpoint",
            Cancel
        );

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal((HttpStatusCode.Conflict, "text/x.tlog.size", "1\n"), second);
        Assert.Equal((HttpStatusCode.BadRequest, null, ""), third);
        Assert.Equal($"{note}{first.Body}", kept);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_checkpoint_is_witnessed_when_two_of_three_have_cosigned_it()
    {
        await using var server = await SandboxServer.StartAsync();
        await using var first = await ServedWitness.StartAsync("a.example", KeyOf(server));
        await using var second = await ServedWitness.StartAsync("b.example", KeyOf(server));
        var cosigning = server.Authority.Witnesses;
        cosigning.Take(Policy(server, first, second, absent: true));
        var size = server.Authority.Intake.Current.Size;

        await cosigning.RoundAsync(Cancel);
        var witnessed = await server.Client.GetStringAsync("/log/witnessed", Cancel);
        var checkpoint = await server.Client.GetStringAsync("/log/checkpoint", Cancel);
        var state = await server.ReadAsync("/log/witnesses");
        var act = await server.ReadAsync("/acts/0?format=json");
        var proof = await server.Client.GetStringAsync("/acts/0/proof", Cancel);

        Assert.Equal(size, cosigning.Newest?.Size);
        Assert.Equal(2, cosigning.Times.Count);
        Assert.Equal(witnessed, checkpoint);
        Assert.Equal(3, witnessed.Split('\u2014').Length - 1);
        Assert.EndsWith(witnessed, proof, StringComparison.Ordinal);
        Assert.Equal(size, state.GetProperty("witnessed").GetProperty("size").GetInt64());
        Assert.Contains(
            "cannot be reached",
            state.GetProperty("witnesses")[2].GetProperty("fault").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(size, act.GetProperty("logged").GetProperty("size").GetInt64());
        Assert.Equal(2, act.GetProperty("witnessed").GetProperty("by").GetArrayLength());
        Assert.Equal(witnessed, await File.ReadAllTextAsync(WitnessedFile(server), Cancel));
    }

    [Fact]
    public async Task Below_the_quorum_nothing_is_witnessed_and_filing_goes_on()
    {
        await using var server = await SandboxServer.StartAsync();
        await using var stranger = await ServedWitness.StartAsync("a.example");
        await using var second = await ServedWitness.StartAsync("b.example", KeyOf(server));
        var cosigning = server.Authority.Witnesses;
        cosigning.Take(Policy(server, stranger, second, absent: true));

        await cosigning.RoundAsync(Cancel);
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var answer = await server.Client.GetAsync("/log/witnessed", Cancel);

        Assert.Null(cosigning.Newest);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("404", cosigning.Witnesses[0].State.Fault, StringComparison.Ordinal);
        Assert.False(cosigning.Witnesses[0].IsDue(server.Authority.Intake.Current.Size));
    }

    [Fact]
    public async Task After_a_restart_the_witness_says_its_size_and_gets_the_proof_from_there()
    {
        var server = await SandboxServer.StartAsync();
        await using var first = await ServedWitness.StartAsync("a.example", KeyOf(server));
        await using var second = await ServedWitness.StartAsync("b.example", KeyOf(server));
        var policy = Policy(server, first, second, absent: false);
        server.Authority.Witnesses.Take(policy);
        await server.Authority.Witnesses.RoundAsync(Cancel);
        var before = server.Authority.Witnesses.Newest!.Size;
        File.Delete(WitnessedFile(server));
        await server.StopAsync();

        await using var again = await SandboxServer.StartAsync(server.Path);
        again.Authority.Witnesses.Take(policy);
        await again.AdmitAsync("Tern Labs", PartyRole.Developer);
        await again.Authority.Witnesses.RoundAsync(Cancel);

        Assert.True(again.Authority.Witnesses.Newest?.Size > before);
    }

    [Fact]
    public async Task A_log_that_was_taken_back_behind_its_witnesses_is_not_written()
    {
        var server = await SandboxServer.StartAsync();
        await using var first = await ServedWitness.StartAsync("a.example", KeyOf(server));
        await using var second = await ServedWitness.StartAsync("b.example", KeyOf(server));
        server.Authority.Witnesses.Take(Policy(server, first, second, absent: false));
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await server.Authority.Witnesses.RoundAsync(Cancel);
        var witnessed = await File.ReadAllTextAsync(WitnessedFile(server), Cancel);
        await server.StopAsync();

        // As after a restore of everything but what the witnesses saw.
        var lines = witnessed.Split('\n');
        using var key = server.Authority.Keys.ReadLog(server.Origin);
        var longer = new Checkpoint(server.Origin, 99, MerkleTree.EmptyRoot).Sign(key);
        await File.WriteAllTextAsync(WitnessedFile(server), $"{longer}{lines[^2]}\n", Cancel);

        var refused = await Assert.ThrowsAsync<PenRefusedException>(() =>
            SandboxServer.StartAsync(server.Path)
        );
        Assert.Contains("Witnesses have seen 99", refused.Message, StringComparison.Ordinal);
        Directory.Delete(server.Path, recursive: true);
    }

    [Fact]
    public async Task A_disk_that_was_set_back_is_not_written_when_a_witness_saw_more()
    {
        var server = await SandboxServer.StartAsync();
        await using var first = await ServedWitness.StartAsync("a.example", KeyOf(server));
        await using var second = await ServedWitness.StartAsync("b.example", KeyOf(server));
        var file = new DataFolder(server.Path).WitnessPolicy;
        await File.WriteAllTextAsync(file, PolicyText(server, first, second, absent: true), Cancel);
        await server.StopAsync();
        var snapshot = SandboxServer.NewFolder();
        Recovery.Filed.Copy(server.Path, Path.Combine(snapshot, "data"));
        var on = await SandboxServer.StartAsync(server.Path);
        await on.AdmitAsync("Tern Labs", PartyRole.Developer);
        on.Authority.Witnesses.Take(Policy(on, first, second, absent: true));
        await on.Authority.Witnesses.RoundAsync(Cancel);
        var seen = on.Authority.Intake.Current.Size;
        await on.StopAsync();
        Directory.Delete(server.Path, recursive: true);
        Recovery.Filed.Copy(Path.Combine(snapshot, "data"), server.Path);
        PlaceMark.Write(new(server.Path));

        var refused = await Assert.ThrowsAsync<PenRefusedException>(() =>
            SandboxServer.StartAsync(server.Path)
        );

        Assert.Contains($"Witnesses have seen {seen}", refused.Message, StringComparison.Ordinal);
        Directory.Delete(snapshot, recursive: true);
        Directory.Delete(server.Path, recursive: true);
    }

    private static NoteVerifier KeyOf(SandboxServer server) =>
        NoteVerifier.TryParse(server.Authority.File.VerifierKey, out var key, out var fault)
            ? key
            : throw new InvalidDataException(fault);

    private static string WitnessedFile(SandboxServer server) => server.Authority.Folder.Witnessed;

    // The third serves nowhere: port 9 is that of `discard`, where nobody listens.
    private static TlogPolicy Policy(
        SandboxServer server,
        ServedWitness first,
        ServedWitness second,
        bool absent
    )
    {
        var text = PolicyText(server, first, second, absent);
        return TlogPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy, out var fault)
            ? policy
            : throw new InvalidDataException(fault);
    }

    private static string PolicyText(
        SandboxServer server,
        ServedWitness first,
        ServedWitness second,
        bool absent
    )
    {
        using var nobody = NoteSigner.GenerateWitness("c.example");
        return $"log {server.Authority.File.VerifierKey}\n"
            + $"witness a {first.Verifier} {first.Url}\nwitness b {second.Verifier} {second.Url}\n"
            + (absent ? $"witness c {nobody.Verifier} http://127.0.0.1:9\n" : "")
            + $"group g 2 a b{(absent ? " c" : "")}\nquorum g\n";
    }
}
