using System.Diagnostics;
using System.Text;
using Concord.Acts.Network;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Hosts.Witnesses;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Federation;

/// <summary>
/// Three authorities witness and mirror each other. One signs a second tree: the others know
/// within a minute, and hold a proof that a program which shares no line with Concord confirms.
/// </summary>
public sealed class ThreeAuthoritiesTests
{
    private const string Interpreter = "/usr/bin/python3";

    // What the statement asks for: one minute from the lie to the proof.
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_authority_that_forks_its_log_is_proven_to_have_done_so()
    {
        await using var first = await SandboxServer.StartAsync();
        await using var second = await SandboxServer.StartAsync();
        await using var third = await SandboxServer.StartAsync();
        await using var witnessOfFirst = await WitnessAsync("first", second, third);
        await using var witnessOfSecond = await WitnessAsync("second", first, third);
        await using var witnessOfThird = await WitnessAsync("third", first, second);
        await CosignAsync(first, witnessOfSecond, witnessOfThird);
        await CosignAsync(second, witnessOfFirst, witnessOfThird);
        await using var front = await ForkingFront.StartAsync(third);
        await third.AdmitAsync("Tern Labs", PartyRole.Developer);
        await CosignAsync(third, witnessOfFirst, witnessOfSecond);
        var state = Directory.CreateTempSubdirectory("concord-three-").FullName;
        var mirror = Path.Combine(state, "mirror");
        (await MirrorAsync(front.Url, mirror)).Done();
        var mirrored = await File.ReadAllBytesAsync(
            Path.Combine(mirror, "log", "checkpoint"),
            Cancel
        );
        using var monitor = Monitor(state, first.Client.BaseAddress!, front.Url, witnessOfFirst);
        await UntilAsync(
            () => Directory.GetFiles(state, "checkpoints.jsonl", SearchOption.AllDirectories),
            found => found.Length == 2
        );

        await front.ForkAsync();
        var since = Stopwatch.StartNew();
        var proofs = await UntilAsync(
            () => Directory.GetDirectories(state, "fork-*", SearchOption.AllDirectories),
            found => found.Length > 0 && File.Exists(Path.Combine(found[0], "README.md"))
        );
        var took = since.Elapsed;
        monitor.Kill(entireProcessTree: true);
        var refused = await MirrorAsync(front.Url, mirror);
        var (code, said) = await PythonAsync(proofs[0], third.Authority.File.VerifierKey);
        var (another, _) = await PythonAsync(proofs[0], first.Authority.File.VerifierKey);

        Assert.True(code == 0, said);
        Assert.Contains("\"holds\": true", said, StringComparison.Ordinal);
        Assert.Equal(1, another);
        Assert.Equal(8, refused.Code);
        Assert.Equal(
            mirrored,
            await File.ReadAllBytesAsync(Path.Combine(mirror, "log", "checkpoint"), Cancel)
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"proof after {took}");
    }

    private static Task<ServedWitness> WitnessAsync(string name, params SandboxServer[] of) =>
        ServedWitness.StartAsync($"{name}.example/witness", [.. of.Select(KeyOf)]);

    private static NoteVerifier KeyOf(SandboxServer server) =>
        NoteVerifier.TryParse(server.Authority.File.VerifierKey, out var key, out var fault)
            ? key
            : throw new InvalidDataException(fault);

    // Both of the others must cosign.
    private static async Task CosignAsync(SandboxServer server, ServedWitness a, ServedWitness b)
    {
        var text =
            $"log {server.Authority.File.VerifierKey}\nwitness a {a.Verifier} {a.Url}\n"
            + $"witness b {b.Verifier} {b.Url}\ngroup g all a b\nquorum g\n";
        Assert.True(
            TlogPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy, out var fault),
            fault
        );
        server.Authority.Witnesses.Take(policy);
        await server.Authority.Witnesses.RoundAsync(Cancel);
        Assert.Equal(server.Authority.Intake.Current.Size, server.Authority.Witnesses.Newest?.Size);
    }

    private static Task<ConcordProgram.Run> MirrorAsync(Uri url, string folder) =>
        ConcordProgram.RunAsync(
            Path.GetDirectoryName(folder)!,
            "mirror",
            $"{url}",
            "--data",
            folder,
            "--json"
        );

    private static Process Monitor(string state, Uri one, Uri other, ServedWitness witness)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        string[] words =
        [
            ConcordProgram.Assembly,
            "monitor",
            $"{one}",
            $"{other}",
            "--witness",
            $"{witness.Url}",
            "--state",
            state,
            "--every",
            "1s",
            "--json",
        ];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }

    private static async Task<string[]> UntilAsync(
        Func<string[]> look,
        Func<string[], bool> isEnough
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(s_within);
        while (true)
        {
            var found = look();
            if (isEnough(found))
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }

    private static async Task<(int Code, string Said)> PythonAsync(string proof, string vkey)
    {
        var start = new ProcessStartInfo(Interpreter)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "test/Hosts/Python"),
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var word in (string[])["-m", "verifier", "fork", proof, "--vkey", vkey])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancel);
        var said = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, said + await error);
    }
}
