using System.Diagnostics;

namespace Concord.Hosts.Stranger;

/// <summary>
/// The Python programs beside this file, with nothing of ours in them: a signer of both kinds,
/// written from <c>specs/</c>, and what Python knows of Unicode.
/// </summary>
internal static class PythonProgram
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = Repository.Root;

    /// <summary>Runs one.</summary>
    /// <param name="name">Its file.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="words">Its arguments.</param>
    /// <returns>Its standard output.</returns>
    public static byte[] Run(string name, ReadOnlyMemory<byte> input, params string[] words)
    {
        var start = new ProcessStartInfo("python3")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Path.Combine(Root, "test/Hosts/Stranger", name));
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process =
            Process.Start(start) ?? throw new InvalidOperationException("python3 did not start.");
        process.StandardInput.BaseStream.Write(input.Span);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"{name} ended with {process.ExitCode}.");
    }
}
