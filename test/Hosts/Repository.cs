namespace Concord.Hosts;

/// <summary>The repository that the tests run in.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from) =>
        File.Exists(Path.Combine(from, "Concord.slnx")) ? from
        : Directory.GetParent(from) is { } parent ? Find(parent.FullName)
        : throw new InvalidOperationException("The tests run inside the repository.");
}
