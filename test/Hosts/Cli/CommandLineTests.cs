using System.Diagnostics;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>The command line as a process of its own, as people start it.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task The_command_line_starts_and_says_its_version()
    {
        var (code, output) = await RunAsync("--version");

        Assert.Equal(0, code);
        Assert.StartsWith("0.1.0", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Concord.Cli.dll"));
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken
        );
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
