using System.Diagnostics;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Hosts.Crash;
using Xunit;

namespace Concord.Hosts.Python;

/// <summary>
/// The second verifier, written in Python from <c>specs/</c> alone: what it says of the
/// specifications' vectors, and whether it and Concord agree on what was bent.
/// </summary>
public sealed class SecondVerifierTests
{
    internal const string Interpreter = "/usr/bin/python3";

    [Fact]
    public async Task Every_vector_of_the_specifications_holds_in_a_second_language()
    {
        var (code, said) = await RunAsync(
            Interpreter,
            [],
            "-m",
            "unittest",
            "discover",
            "-s",
            "tests",
            "-t",
            "."
        );

        Assert.True(code == 0, said);
        Assert.DoesNotContain("Ran 0 tests", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_verifiers_judge_standings_and_bent_acts_receipts_and_proofs_alike()
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = SandboxServer.NewFolder();
        var (process, url) = await ServerProcess.UpAsync(folder, cancel);
        using var server = process;
        var isLong = Environment.GetEnvironmentVariable("CONCORD_SOAK") is not null;

        var (code, said) = await RunAsync(
            "/usr/bin/bash",
            [("COUNT", isLong ? "10000" : "1500"), ("ONLINE", isLong ? "2000" : "300")],
            "run.sh",
            folder,
            url.ToString().TrimEnd('/'),
            "dotnet",
            ConcordProgram.Assembly
        );
        await ServerProcess.KillAsync(process);

        Assert.True(code == 0, said);
    }

    /// <summary>Runs a program beside the verifier.</summary>
    internal static async Task<(int Code, string Said)> RunAsync(
        string program,
        (string Name, string Value)[] environment,
        params string[] words
    )
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "test/Hosts/Python"),
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken
        );
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said + await errors);
    }
}
