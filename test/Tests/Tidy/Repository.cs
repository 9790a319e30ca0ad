using System.Diagnostics;
using Xunit;

namespace Concord.Tests.Tidy;

/// <summary>The source tree that the tests were built from, as git sees it.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Every file that git tracks or would track, relative, with forward slashes.
    /// </summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    /// <summary>The files of a kind.</summary>
    public static IEnumerable<string> With(params string[] endings) =>
        Files.Where(file =>
            endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        );

    /// <summary>The whole text of a file.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>Whether a file holds text: no NUL in its first 8,000 bytes.</summary>
    public static bool IsText(string file)
    {
        using var stream = File.OpenRead(Path.Combine(Root, file));
        var head = new byte[8000];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return !head.AsSpan(0, length).Contains((byte)0);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Concord.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("Run the tests from inside the repository.");
    }

    private static string[] ListFiles()
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var word in (string[])["ls-files", "-z", "-co", "--exclude-standard"])
        {
            start.ArgumentList.Add(word);
        }

        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);

        return
        [
            .. output
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => File.Exists(Path.Combine(Root, file)))
                .Order(StringComparer.Ordinal),
        ];
    }
}
