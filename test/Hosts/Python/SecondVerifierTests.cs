using System.Diagnostics;
using Xunit;

namespace Concord.Hosts.Python;

/// <summary>
/// The second verifier, written in Python from <c>specs/</c> alone: what it says of the
/// specifications' vectors, and whether it and Concord agree on what was bent.
/// </summary>
public sealed class SecondVerifierTests
{
    private const string Interpreter = "/usr/bin/python3";

    [Fact]
    public async Task Every_vector_of_the_specifications_holds_in_a_second_language()
    {
        var (code, said) = await RunAsync("-m", "unittest", "discover", "-s", "tests", "-t", ".");

        Assert.True(code == 0, said);
        Assert.DoesNotContain("Ran 0 tests", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo(Interpreter)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Root(), "test/Hosts/Python"),
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
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

    private static string Root()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Concord.slnx")))
        {
            root =
                Path.GetDirectoryName(root)
                ?? throw new InvalidOperationException(
                    "The tests do not run inside the repository."
                );
        }

        return root;
    }
}
