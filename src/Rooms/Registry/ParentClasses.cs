namespace Concord.Rooms.Registry;

/// <summary>
/// Facts on a derivative that are a rulebook's judgement of its parent: rulebook, definition, fact.
/// </summary>
internal static class ParentClasses
{
    public static IReadOnlyList<(string Rulebook, string Definition, string Fact)> Rows { get; } =
    [
        ("eu-ai-act", "systemic", "parent_class.systemic"),
        ("eu-ai-act", "gpai", "parent_class.gpai"),
        ("concord-default", "t1", "parent_class.t1"),
    ];

    /// <summary>
    /// The definitions by which a modification of another's model stands on its own; what none of
    /// them shows is light, and passes its root on.
    /// </summary>
    public static IReadOnlyList<(string Rulebook, string Definition)> Standalone { get; } =
    [("eu-ai-act", "modified_gpai"), ("concord-default", "full_derivative")];
}
