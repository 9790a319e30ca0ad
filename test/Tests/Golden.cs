using Xunit;

namespace Concord.Tests;

/// <summary>
/// Texts that are agreed: compared as text, rewritten by <c>UPDATE_GOLDEN=1</c>, never on a server.
/// </summary>
internal static class Golden
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static void Matches(string name, string actual) =>
        MatchesFile($"test/Tests/Golden/{name}", actual);

    /// <summary>The same for a file anywhere in the repository.</summary>
    public static void MatchesFile(string name, string actual)
    {
        var path = Path.Combine(Root, name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1")
        {
            Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(
            File.Exists(path),
            $"There is no {name}; run with UPDATE_GOLDEN=1 and read it."
        );
        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: true);
    }

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "Concord.slnx")) ? from
        : Directory.GetParent(from) is { } parent ? FindRoot(parent.FullName)
        : throw new InvalidOperationException("The tests run inside the repository.");
}
