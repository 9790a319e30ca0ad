namespace Concord.Tests.Tidy;

/// <summary>Tests that a page names as <c>Class.Method</c>.</summary>
internal static class NamedTests
{
    /// <summary>Whether a test of that name is in the tree.</summary>
    public static bool IsThere(string name) =>
        name.Split('.') is [var type, var method]
        && Repository
            .With($"/{type}.cs")
            .Where(file => file.StartsWith("test/", StringComparison.Ordinal))
            .Any(file => Repository.Text(file).Contains($" {method}(", StringComparison.Ordinal));
}
