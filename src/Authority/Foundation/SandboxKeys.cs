namespace Concord.Authority.Foundation;

/// <summary>
/// Whose keys a sandbox holds, all on one machine, and what their files are called.
/// </summary>
public static class SandboxKeys
{
    /// <summary>The number of roots.</summary>
    public const int Roots = 3;

    /// <summary>The number of roots that must sign.</summary>
    public const int RootsNeeded = 2;

    /// <summary>The number of officers of each institution.</summary>
    public const int OfficersEach = 2;

    /// <summary>The number of institutions that decide.</summary>
    public const int InstitutionsNeeded = 2;

    /// <summary>The institutions: name and title.</summary>
    public static IReadOnlyList<(string Name, string Title)> Institutions { get; } =
    [
        ("regulator", "Model Register Office (sandbox)"),
        ("institute", "AI Safety Institute (sandbox)"),
        ("board", "Oversight Board (sandbox)"),
    ];

    /// <summary>The file name of a root's key.</summary>
    public static string Root(int number) => $"root-{number}";

    /// <summary>The name of an officer in its institution.</summary>
    public static string OfficerName(int number) => $"officer-{number}";

    /// <summary>The file name of an officer's key.</summary>
    public static string Officer(string institution, int number) =>
        $"officer-{institution}-{number}";

    /// <summary>One officer each of as many institutions as a joint act needs.</summary>
    public static IReadOnlyList<(
        string Institution,
        int Number,
        string KeyName
    )> Deciding { get; } =
    [
        .. Institutions
            .Take(InstitutionsNeeded)
            .Select(institution => (institution.Name, 1, Officer(institution.Name, 1))),
    ];
}
