using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>The command line as a process of its own, as people start it.</summary>
internal static class ConcordProgram
{
    /// <summary>The program.</summary>
    public static string Assembly { get; } =
        Path.Combine(AppContext.BaseDirectory, "Concord.Cli.dll");

    /// <summary>What a run ended with and printed.</summary>
    /// <param name="Code">The exit code.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Error">Standard error.</param>
    public sealed record Run(int Code, string Output, string Error)
    {
        /// <summary>Standard output as the one JSON document that it is.</summary>
        public JsonElement Json
        {
            get
            {
                using var json = JsonDocument.Parse(Output);
                return json.RootElement.Clone();
            }
        }

        /// <summary>Asserts that it was done.</summary>
        public Run Done()
        {
            Assert.True(Code == 0, $"exit {Code}\n{Output}{Error}");
            return this;
        }
    }

    /// <summary>Runs a command in a folder.</summary>
    public static async Task<Run> RunAsync(string folder, params string[] words)
    {
        var cancel = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.Environment.Remove("CONCORD_KEY");
        start.ArgumentList.Add(Assembly);
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new(process.ExitCode, await output, await error);
    }
}
