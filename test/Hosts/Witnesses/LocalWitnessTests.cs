using System.Text;
using System.Text.Json;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Hosts.Crash;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Witnesses;

/// <summary>The witnesses that <c>concord up</c> starts for a sandbox.</summary>
public sealed class LocalWitnessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sandbox_is_witnessed_locally_and_its_witnesses_end_with_it()
    {
        var folder = SandboxServer.NewFolder();
        var (process, url) = await ServerProcess.UpAsync(folder, Cancel, "--no-open");
        using var client = new HttpClient { BaseAddress = url };
        var state = await WitnessedAsync(client);
        var keys = await ConcordProgram.RunAsync(
            folder,
            "log",
            "vkey",
            "--witnesses",
            "--data",
            folder
        );
        await ServerProcess.KillAsync(process);

        Assert.Equal(3, state.GetProperty("witnesses").GetArrayLength());
        Assert.Equal(
            state
                .GetProperty("witnesses")
                .EnumerateArray()
                .Select(one => one.GetProperty("verifier_key").GetString()),
            keys.Done().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        foreach (var one in state.GetProperty("witnesses").EnumerateArray())
        {
            await GoneAsync(new(one.GetProperty("url").GetString()!));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Local_witnesses_learn_the_next_key_of_the_log_and_go_on_when_the_old_is_gone()
    {
        var folder = SandboxServer.NewFolder();
        var (process, url) = await ServerProcess.UpAsync(folder, Cancel, "--no-open");
        using var client = new HttpClient { BaseAddress = url };
        var first = await WitnessedAsync(client);

        (await RunAsync(folder, "key", "rotate", "log", "--to", "next.json", "--at-once")).Done();
        var id = (await RunAsync(folder, "propose", "next.json", "--json", "--key", Root(1)))
            .Done()
            .Json.GetProperty("id")
            .GetString()!;
        (await RunAsync(folder, "sign", id, "--yes", "--key", Root(2))).Done();
        var last = (await RunAsync(folder, "log", "vkey")).Done().Output.Trim().Split('\n')[^1];
        var note = await client.GetStringAsync("/log/checkpoint", Cancel);
        Assert.True(NoteVerifier.TryParse(last, out var key, out var fault), fault);
        Assert.True(Checkpoint.TryOpen(note, key, out var checkpoint, out fault), fault);

        var state = await WitnessedAsync(client, checkpoint.Size);

        Assert.DoesNotContain(last, first.ToString(), StringComparison.Ordinal);
        var policy = await File.ReadAllTextAsync(new DataFolder(folder).WitnessPolicy, Cancel);
        Assert.Contains($"log {last}\n", policy, StringComparison.Ordinal);
        var witnessed = await client.GetStringAsync("/log/witnessed/checkpoint", Cancel);
        Assert.True(
            TlogPolicy.TryParse(Encoding.UTF8.GetBytes(policy), out var read, out fault),
            fault
        );
        Assert.True(read.Accepts(witnessed, out _, out fault), fault);
        Assert.Equal(3, state.GetProperty("witnesses").GetArrayLength());
        var health = SandboxServer.Json(await client.GetStringAsync("/healthz", Cancel));
        Assert.False(health.TryGetProperty("keys_why", out var why), $"{why}");
        await ServerProcess.KillAsync(process);
        Directory.Delete(folder, recursive: true);

        string Root(int number) =>
            new KeyFolder(new DataFolder(folder).Keys).File(SandboxKeys.Root(number));
    }

    [Fact]
    public async Task Verify_judges_the_cosignatures_of_a_proof_by_a_policy()
    {
        var folder = SandboxServer.NewFolder();
        var (process, url) = await ServerProcess.UpAsync(folder, Cancel, "--no-open");
        using var client = new HttpClient { BaseAddress = url };
        await WitnessedAsync(client);
        await File.WriteAllBytesAsync(
            At("A.cose"),
            await client.GetByteArrayAsync("/acts/0/statement", Cancel),
            Cancel
        );
        await File.WriteAllTextAsync(
            At("A.tlog-proof"),
            await client.GetStringAsync("/acts/0/proof.tlog-proof", Cancel),
            Cancel
        );
        await ServerProcess.KillAsync(process);
        var policy = new DataFolder(folder).WitnessPolicy;
        var text = await File.ReadAllTextAsync(policy, Cancel);
        using var stranger = NoteSigner.GenerateWitness("other.example/witness");
        await File.WriteAllTextAsync(
            At("strict.policy"),
            text.Replace("quorum local", "", StringComparison.Ordinal)
                + $"witness other {stranger.Verifier}\ngroup both all local other\nquorum both\n",
            Cancel
        );
        await File.WriteAllTextAsync(At("no.policy"), "quorum\n", Cancel);

        var unasked = (await RunAsync(folder, "verify", "A")).Done();
        var reached = (await RunAsync(folder, "verify", "A", "--policy", policy)).Done();
        var strict = await RunAsync(folder, "verify", "A", "--policy", "strict.policy");
        var all = (await RunAsync(folder, "verify", ".")).Done();
        File.Delete(At("A.tlog-proof"));
        var unproven = await RunAsync(folder, "verify", "A", "--policy", policy, "--json");

        Assert.Contains("witnesses  not judged", unasked.Output, StringComparison.Ordinal);
        Assert.Contains("witnesses not judged", all.Output, StringComparison.Ordinal);
        Assert.Contains("that reaches the quorum", reached.Output, StringComparison.Ordinal);
        Assert.Equal(1, strict.Code);
        Assert.Contains(
            "does not reach its quorum",
            Plain(strict.Output),
            StringComparison.Ordinal
        );
        Assert.Contains("/witness/", strict.Output, StringComparison.Ordinal);
        Assert.Equal(1, unproven.Code);
        Assert.Equal(
            "failed",
            unproven
                .Json.GetProperty("checks")
                .GetProperty("witnesses")
                .GetProperty("result")
                .GetString()
        );
        Assert.Equal(2, (await RunAsync(folder, "verify", "A", "--policy", "no.policy")).Code);
        Assert.Equal(2, (await RunAsync(folder, "verify", "A", "--policy", "gone.policy")).Code);
        Assert.Equal(2, (await RunAsync(folder, "verify", "A.refusal", "--policy", policy)).Code);
        Directory.Delete(folder, recursive: true);

        string At(string name) => Path.Combine(folder, name);
    }

    private static string Plain(string output) =>
        string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Task<ConcordProgram.Run> RunAsync(string folder, params string[] words) =>
        ConcordProgram.RunAsync(folder, [.. words, "--data", folder]);

    private static async Task<JsonElement> WitnessedAsync(HttpClient client, long size = 0)
    {
        while (true)
        {
            var state = SandboxServer.Json(await client.GetStringAsync("/log/witnesses", Cancel));
            if (
                state.TryGetProperty("witnessed", out var witnessed)
                && witnessed.GetProperty("size").GetInt64() >= size
            )
            {
                return state;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);
        }
    }

    // Ends when nobody listens there any more.
    private static async Task GoneAsync(Uri url)
    {
        using var client = new HttpClient { BaseAddress = url };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/", Cancel);
            }
            catch (HttpRequestException)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);
        }
    }
}
