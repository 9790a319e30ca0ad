using System.Diagnostics;

namespace Concord.Hosts.Stranger;

/// <summary>
/// The Go program beside this file, built once into the artifacts: it checks a log with
/// golang.org/x/mod alone.
/// </summary>
internal static class StrangerProgram
{
    private const string Modules = "/usr/share/gocode";

    private static readonly Lazy<string> s_program = new(Build);

    /// <summary>Runs the check.</summary>
    /// <param name="vkey">The log's verifier key.</param>
    /// <param name="location">A folder or an http URL.</param>
    /// <param name="earlier">Files with earlier checkpoints.</param>
    /// <returns>The exit code and what it printed.</returns>
    public static (int ExitCode, string Output) Check(
        string vkey,
        string location,
        params IEnumerable<string> earlier
    ) => Run(s_program.Value, [vkey, location, .. earlier], new());

    private static string Build()
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

        if (!Directory.Exists(Path.Combine(Modules, "src/golang.org/x/mod")) || !HasGo())
        {
            throw new InvalidOperationException(
                "The strangers' checker needs Go and x/mod from Debian: "
                    + "apt-get install golang golang-golang-x-mod-dev (./check does it as root)."
            );
        }

        var folder = Directory.CreateDirectory(Path.Combine(root, "artifacts/stranger")).FullName;
        var program = Path.Combine(folder, "stranger");
        var (exitCode, output) = Run(
            "go",
            ["build", "-o", program, Path.Combine(root, "test/Hosts/Stranger/main.go")],
            new()
            {
                ["GO111MODULE"] = "off",
                ["GOPATH"] = Modules,
                ["GOCACHE"] = Path.Combine(folder, "cache"),
                ["GOFLAGS"] = "",
            }
        );
        return exitCode == 0
            ? program
            : throw new InvalidOperationException(
                "The strangers' checker does not build:\n" + output
            );
    }

    private static bool HasGo() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "go")));

    private static (int ExitCode, string Output) Run(
        string program,
        IReadOnlyList<string> arguments,
        Dictionary<string, string> environment
    )
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process =
            Process.Start(start)
            ?? throw new InvalidOperationException($"{program} did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
